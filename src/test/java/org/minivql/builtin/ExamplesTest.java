package org.minivql.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.format.Json;
import org.minivql.testing.Examples;

/** Every example in a declaration is a test. */
class ExamplesTest {
  private static final Vql ENGINE = engine();

  private static Vql engine() {
    Vql.Builder builder = Vql.builder();
    Examples.CATALOGS.forEach(builder::catalog);
    return builder.build();
  }

  static List<Examples.Example> examples() {
    return Examples.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void holds(Examples.Example example) throws Exception {
    boolean function = example.function();
    List<Object> rows = new ArrayList<>();
    List<String> log = new ArrayList<>();
    ENGINE
        .compile(example.program())
        .run(
            QueryOptions.defaults().withLog(line -> log.add(line.toString())),
            row -> {
              rows.add(function ? row.get("X") : row);
              return true;
            });
    String wanted = Json.text(Json.parse(example.expected()));
    assertThat(Json.text(function ? rows.get(0) : rows)).as("log: %s", log).isEqualTo(wanted);
  }
}
