package org.minivql.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;

/** Members that are left unread until they are asked for are what they would be if read at once. */
class LeftMembersProperties {
  private static final String[] NAMES = {"a", "b", "c", "A", "é", "\\n"};
  private static final String[] SCALARS = {
    "1", "-7", "1e3", "12345678901234567890", "true", "null", "\"x\"", "\"é\\u00e9\\\"}\"", "[]"
  };

  private static JsonReader leaving(byte[] data, AtomicInteger copies) {
    return Json.strictReader(
        new ByteArrayInputStream(data),
        (from, to) -> {
          copies.incrementAndGet();
          return Arrays.copyOfRange(data, (int) from, (int) to);
        });
  }

  @Property
  void whatWasLeftIsReadWhenItIsAskedFor(
      @ForAll("objects") List<String> objects, @ForAll List<Boolean> asked)
      throws IOException, FormatException {
    JsonReader reader = leaving(Bytes.encode(String.join("\n", objects)), new AtomicInteger());
    for (int i = 0; i < objects.size(); i++) {
      Dict expected = (Dict) Json.parse(objects.get(i));
      Dict dict = (Dict) reader.next();
      if (i < asked.size() && asked.get(i)) {
        check(dict, expected);
      }
      if (i % 2 == 0) {
        assertThat(dict).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(dict.with("A", 1L)).isEqualTo(expected.with("A", 1L));
        assertThat(Json.text(dict)).isEqualTo(Json.text(expected));
      }
    }
    assertThat(reader.next()).isSameAs(JsonReader.END);
  }

  private static void check(Dict dict, Dict expected) {
    assertThat(dict.memberNames()).isEqualTo(expected.memberNames());
    for (int i = 0; i < dict.size(); i++) {
      String name = dict.name(i);
      Object value = dict.get(name);
      assertThat(value).isEqualTo(expected.get(name)).isSameAs(dict.get(name));
      assertThat(dict.cell(i)).isSameAs(value).isSameAs(dict.member(name));
      if (value instanceof Dict inner) {
        check(inner, (Dict) expected.get(name));
      }
    }
  }

  @Example
  void whatIsAskedForOftenIsReadAtOnceAndWhatNobodyAsksForNever()
      throws IOException, FormatException {
    assertThat(copies(false)).isEqualTo(100);
    assertThat(copies(true)).isBetween(1, 20);
  }

  /** How many of a hundred lines are copied, because something in them was left unread. */
  private static int copies(boolean askForAll) throws IOException, FormatException {
    String line =
        "{\"S\":{\"Id\":{\"V\":1},\"N\":\"n\"},\"D\":{\"I\":\"i\",\"C\":[1,{\"x\":2}]}}\n";
    AtomicInteger copies = new AtomicInteger();
    JsonReader reader = leaving(Bytes.encode(line.repeat(100)), copies);
    for (int i = 0; i < 100; i++) {
      Dict row = (Dict) reader.next();
      assertThat(((Dict) row.get("S")).get("Id")).isEqualTo(Dict.of("V", 1L));
      if (askForAll) {
        assertThat(Json.text(row)).isEqualTo(line.strip());
      }
    }
    return copies.get();
  }

  @Provide
  Arbitrary<List<String>> objects() {
    // Drawn here, because arbitraries that contain themselves take long to draw from.
    return Arbitraries.longs().map(seed -> objects(new SplittableRandom(seed)));
  }

  private static List<String> objects(SplittableRandom random) {
    return Stream.generate(() -> object(random, 3)).limit(1 + random.nextInt(30)).toList();
  }

  private static String object(SplittableRandom random, int depth) {
    return Stream.generate(
            () -> "\"" + NAMES[random.nextInt(NAMES.length)] + "\": " + value(random, depth - 1))
        .limit(random.nextInt(5))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(SplittableRandom random, int depth) {
    int kind = depth <= 0 ? 3 : random.nextInt(6);
    return switch (kind) {
      case 0, 1 -> object(random, depth);
      case 2 -> "[" + value(random, depth - 1) + ", " + object(random, depth - 1) + "]";
      default -> SCALARS[random.nextInt(SCALARS.length)];
    };
  }
}
