package org.minivql.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads test cases: JSON as lists, maps in source order, strings, {@link Long}, {@link Double}
 * (also for integers beyond 64 bits), {@link Boolean} and null.
 */
public final class Cases {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private Cases() {}

  /** The folder of the material that is shared between projects, if it is there. */
  public static Optional<Path> shared() {
    return existing(Path.of(System.getProperty("vql.shared.dir", "../shared")));
  }

  /** The folder of the conformance cases, if it is there. */
  public static Optional<Path> conformance() {
    String own = System.getProperty("vql.conformance.dir");
    if (own != null && !own.isBlank()) {
      return existing(Path.of(own));
    }
    return shared().map(dir -> dir.resolve("conformance")).flatMap(Cases::existing);
  }

  /** What to say where {@link #conformance()} is empty. */
  public static String absence() {
    String own = System.getProperty("vql.conformance.dir");
    String looked =
        own != null && !own.isBlank()
            ? own
            : System.getProperty("vql.shared.dir", "../shared") + "/conformance";
    return "no conformance cases in " + Path.of(looked).toAbsolutePath().normalize();
  }

  /** The objects of a file with one JSON object a line; none if there is no such file. */
  public static List<Map<String, Object>> read(Path file) {
    List<Map<String, Object>> cases = new ArrayList<>();
    if (!Files.isRegularFile(file)) {
      return cases;
    }
    try (JsonParser parser = JSON.createParser(Files.newBufferedReader(file))) {
      while (parser.nextToken() != null) {
        cases.add(object(parser));
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file + ": " + e.getMessage(), e);
    }
    return cases;
  }

  /** The value of a JSON text. */
  public static Object parse(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      return value(parser);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) parser.getDoubleValue()
              : (Object) parser.getLongValue();
      default -> throw new IOException("unexpected " + parser.currentToken());
    };
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      map.put(name, value(parser));
    }
    return map;
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser));
    }
    return list;
  }

  private static Optional<Path> existing(Path dir) {
    return Files.isDirectory(dir) ? Optional.of(dir) : Optional.empty();
  }
}
