package org.minivql.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.minivql.Execution;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.builtin.testing.TestContext;
import org.minivql.fleet.FleetStage;
import org.minivql.fleet.Fleets;
import org.minivql.fleet.source.FleetSource;
import org.minivql.format.Json;
import org.minivql.spi.Effects;
import org.minivql.spi.Library;
import org.minivql.spi.Mocks;
import org.minivql.spi.Parameter;
import org.minivql.spi.Signature;
import org.minivql.spi.Uploads;
import org.minivql.testing.HostileValues;
import org.minivql.testing.TempFolders;
import org.minivql.value.Dict;

/**
 * Whatever a function or plugin is called with, nothing is thrown at the caller, nothing fails
 * inside, and the time limit ends it. The calls are made from the declarations, so that a new one
 * is covered as soon as it is there.
 */
class HostileCallsProperties {
  private static final Duration LIMIT = Duration.ofMillis(25);
  private static final Duration HANGS = Duration.ofSeconds(30);
  private static final int ROWS = 20;

  private static Path folder;
  private static FleetSource fleet;
  private static FleetStage stage;
  private static HostileValues values;
  private static Dict variables;

  @BeforeContainer
  static void open() throws IOException {
    folder = Files.createTempDirectory("hostile");
    values = new HostileValues(folder);
    variables = values.variables();
    fleet = Fleets.open(Path.of("queries/fleets/label-servers"));
    stage = new FleetStage(fleet, List.of());
  }

  @AfterContainer
  static void close() {
    stage.close();
    fleet.close();
    TempFolders.delete(folder);
  }

  @Example
  void nothingAndNull() {
    List<String> failures = new ArrayList<>();
    for (Vql engine : List.of(stage.engine(), Vql.builder().build())) {
      for (Signature signature : signatures(engine)) {
        for (String arguments :
            List.of("", all(signature, "NULL"), "`no such argument`=1", "`**`=V0")) {
          failures.addAll(call(engine, new Call(signature, arguments)));
        }
      }
    }
    assertThat(failures).isEmpty();
  }

  @Example
  void theSameForEveryArgument() {
    List<String> failures = new ArrayList<>();
    for (Signature signature : signatures(stage.engine())) {
      for (String value : values.expressions()) {
        failures.addAll(call(stage.engine(), new Call(signature, all(signature, value))));
      }
    }
    assertThat(failures).isEmpty();
  }

  @Property(tries = 1000)
  void anyMix(@ForAll("calls") Call call) {
    assertThat(call(stage.engine(), call)).isEmpty();
  }

  /** A call as it is written; signatures are too long to be shown. */
  record Call(Signature signature, String arguments) {
    String query() {
      String definitions = values.definitions();
      return signature.kind() == Signature.Kind.FUNCTION
          ? definitions + "SELECT " + this + " AS X FROM range(end=2)"
          : definitions + "SELECT * FROM " + this + " LIMIT " + ROWS;
    }

    @Override
    public String toString() {
      return signature.name() + "(" + arguments + ")";
    }
  }

  @Provide
  Arbitrary<Call> calls() {
    return Arbitraries.of(signatures(stage.engine())).flatMap(HostileCallsProperties::calls);
  }

  private static Arbitrary<Call> calls(Signature signature) {
    List<Parameter> parameters = signature.parameters();
    Arbitrary<String> value =
        Arbitraries.of(values.expressions()).optional(0.7).map(v -> v.orElse(""));
    return value
        .list()
        .ofSize(parameters.size())
        .map(
            chosen ->
                new Call(
                    signature,
                    IntStream.range(0, parameters.size())
                        .filter(i -> !chosen.get(i).isEmpty())
                        .mapToObj(i -> argument(parameters.get(i), chosen.get(i)))
                        .collect(Collectors.joining(", "))));
  }

  private static List<Signature> signatures(Vql engine) {
    Library library = engine.library();
    List<Signature> all = new ArrayList<>();
    library.functionNames().forEach(name -> all.add(library.functionSignature(name)));
    library.pluginNames().forEach(name -> all.add(library.pluginSignature(name)));
    return all;
  }

  private static String all(Signature signature, String value) {
    return signature.parameters().isEmpty()
        ? "a=" + value + ", b=" + value
        : signature.parameters().stream()
            .map(parameter -> argument(parameter, value))
            .collect(Collectors.joining(", "));
  }

  private static String argument(Parameter parameter, String value) {
    return "`" + parameter.name() + "`=" + value;
  }

  /** What went wrong in a call: nothing, or one line. */
  private static List<String> call(Vql engine, Call call) {
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    try {
      assertTimeoutPreemptively(HANGS, () -> run(engine, call.query(), log));
    } catch (Throwable e) {
      return List.of(call + ": " + e);
    }
    return log.stream()
        .filter(line -> line.contains("PANIC"))
        .limit(1)
        .map(line -> call + ": " + line)
        .toList();
  }

  private static Effects.Decision pretend(Effects.Effect effect) {
    return effect.kind() == Effects.Kind.TEMPFILE
        ? Effects.Decision.ALLOW
        : Effects.Decision.RECORD;
  }

  private static void run(Vql engine, String query, List<String> log) {
    TestContext test = new TestContext(Instant.EPOCH);
    QueryOptions options =
        QueryOptions.defaults()
            .withLayer(variables)
            .withTimeout(LIMIT)
            .withLog(line -> log.add(line.text()))
            .withService(
                Accessors.class, new StandardAccessors(FileRoots.below(List.of(folder), folder)))
            .withService(Effects.class, HostileCallsProperties::pretend)
            .withService(Uploads.class, (scope, upload, data) -> Dict.of("Path", upload.path()))
            .withService(Mocks.class, test)
            .withService(TestContext.class, test);
    try (Execution execution = engine.session(stage.options(options))) {
      execution.run(engine.compile(query), row -> !Json.text(execution.scope(), row).isEmpty());
    }
  }
}
