package org.minivql.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.format.Json;
import org.minivql.spi.Catalog;
import org.minivql.spi.Signature;

/** Every example in a declaration is a test. */
class ExamplesTest {
  private static final List<Catalog> CATALOGS =
      List.of(
          new org.minivql.builtin.text.GeneratedCatalog(),
          new org.minivql.builtin.encoding.GeneratedCatalog(),
          new org.minivql.builtin.number.GeneratedCatalog(),
          new org.minivql.builtin.time.GeneratedCatalog(),
          new org.minivql.builtin.collection.GeneratedCatalog(),
          new org.minivql.builtin.lambda.GeneratedCatalog(),
          new org.minivql.builtin.files.GeneratedCatalog(),
          new org.minivql.builtin.parse.GeneratedCatalog(),
          new org.minivql.builtin.control.GeneratedCatalog(),
          new org.minivql.builtin.binary.GeneratedCatalog(),
          new org.minivql.builtin.event.GeneratedCatalog(),
          new org.minivql.builtin.net.GeneratedCatalog(),
          new org.minivql.builtin.template.GeneratedCatalog(),
          new org.minivql.builtin.yara.GeneratedCatalog(),
          new org.minivql.builtin.crypto.GeneratedCatalog());

  private static final Vql ENGINE = engine();

  private static Vql engine() {
    Vql.Builder builder = Vql.builder();
    CATALOGS.forEach(builder::catalog);
    return builder.build();
  }

  static Stream<Arguments> examples() {
    List<Arguments> examples = new ArrayList<>();
    for (Catalog catalog : CATALOGS) {
      for (String name : catalog.functions()) {
        add(examples, catalog.function(name).signature());
      }
      for (String name : catalog.plugins()) {
        add(examples, catalog.plugin(name).signature());
      }
    }
    return examples.stream();
  }

  private static void add(List<Arguments> examples, Signature signature) {
    boolean function = signature.kind() == Signature.Kind.FUNCTION;
    for (String example : signature.examples()) {
      int arrow = example.lastIndexOf(" => ");
      String text = example.substring(0, arrow);
      String query = function ? "SELECT (" + text + ") AS X FROM scope()" : text;
      examples.add(Arguments.of(query, function, example.substring(arrow + 4)));
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void holds(String query, boolean function, String expected) throws Exception {
    List<Object> rows = new ArrayList<>();
    List<String> log = new ArrayList<>();
    ENGINE
        .compile(query)
        .run(
            QueryOptions.defaults().withLog(line -> log.add(line.toString())),
            row -> {
              rows.add(function ? row.get("X") : row);
              return true;
            });
    String wanted = Json.text(Json.parse(expected));
    assertThat(Json.text(function ? rows.get(0) : rows)).as("log: %s", log).isEqualTo(wanted);
  }
}
