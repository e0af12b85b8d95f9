package org.minivql.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minivql.Profile;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;

/** {@code a = b} is what the table of types says, and {@code !=} its negation. */
class EqualityProperties {
  private final Vql engine = Vql.builder().profile(Profile.BARE).build();

  @Provide
  Arbitrary<Object> values() {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            Arbitraries.<Object>of(Arrays.asList((Object) null)),
            Arbitraries.of(true, false).map(v -> v),
            Arbitraries.longs().between(-3, 3).map(v -> v),
            Arbitraries.of(-1.0, 0.0, 0.5, 1.0, 2.0, 2.5).map(v -> v),
            Arbitraries.of("", "a", "b", "1", "é").map(v -> v),
            Arbitraries.longs().between(0, 3).map(Timestamp::ofEpochSecond));
    return Arbitraries.oneOf(
        scalars,
        scalars.list().ofMaxSize(2).map(v -> v),
        Combinators.combine(scalars, scalars).as((a, b) -> Dict.of("a", a, "b", b)),
        Combinators.combine(scalars, scalars).as((a, b) -> Dict.of("b", b, "a", a)));
  }

  @Property(tries = 2000)
  void equalityFollowsTheTable(@ForAll("values") Object a, @ForAll("values") Object b) {
    List<Dict> rows = new ArrayList<>();
    HashMap<String, Object> env = new HashMap<>(Map.of());
    env.put("a", a);
    env.put("b", b);
    engine
        .compile("SELECT a = b AS Same, a != b AS Other, a IN (b,) AS Within FROM scope()")
        .run(QueryOptions.defaults().withEnv(env), rows::add);
    boolean expected = equal(a, b);
    assertThat(rows.get(0).get("Same")).isEqualTo(expected);
    assertThat(rows.get(0).get("Other")).isEqualTo(!expected);
    assertThat(rows.get(0).get("Within")).isEqualTo(expected);
  }

  /** The table, type by type of the left side. */
  private static boolean equal(Object a, Object b) {
    if (a == null) {
      return b == null;
    }
    if (a instanceof String) {
      return a.equals(b);
    }
    if (a instanceof Long) {
      return b instanceof Double
          ? ((Long) a).doubleValue() == (Double) b
          : isWhole(b) && (long) a == whole(b);
    }
    if (a instanceof Boolean) {
      return b instanceof Double
          ? whole(a) == (long) (double) b
          : isWhole(b) && whole(a) == whole(b);
    }
    if (a instanceof Double) {
      return b instanceof Double ? a.equals(b) : isWhole(b) && (double) a == whole(b);
    }
    if (a instanceof Timestamp time) {
      return b instanceof Timestamp other
          ? time.compareTo(other) == 0
          : b instanceof Double d
              ? d == time.instant().getEpochSecond()
              : isWhole(b) && time.instant().getEpochSecond() == whole(b);
    }
    if (a instanceof List<?> list) {
      return b instanceof List<?> other && lists(list, other);
    }
    return b instanceof Dict other
        && equal(((Dict) a).get("a"), other.get("a"))
        && equal(((Dict) a).get("b"), other.get("b"));
  }

  private static boolean lists(List<?> a, List<?> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!equal(a.get(i), b.get(i))) {
        return false;
      }
    }
    return a.size() == b.size();
  }

  private static boolean isWhole(Object value) {
    return value instanceof Long || value instanceof Boolean;
  }

  private static long whole(Object value) {
    return value instanceof Long number ? number : (Boolean) value ? 1 : 0;
  }
}
