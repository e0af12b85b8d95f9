package org.minivql.builtin.testing;

import java.util.List;
import org.minivql.artifact.ArtifactCalls;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Lazy;
import org.minivql.value.Materialized;
import org.minivql.value.Scope;
import org.minivql.value.Shape;
import org.minivql.value.Sink;
import org.minivql.value.Timestamp;
import org.minivql.value.Values;

/** The hooks that tests written in VQL call. */
final class Hooks {
  private static final Shape LOG = Shape.of("Log");

  private Hooks() {}

  /** The test that runs; null, with a log line, where none does. */
  private static TestContext test(CallContext context) {
    TestContext test = context.scope().service(TestContext.class);
    if (test == null) {
      context.append("mock_check: Not running in test.");
    }
    return test;
  }

  @VqlFunction(
      name = "mock",
      doc =
          "Replaces a plugin, function or artifact. A value is one row of each call, a list the rows"
              + " of each call, a list of lists one list for each call in turn.")
  static Object mock(
      CallContext context,
      @Arg("The plugin.") String plugin,
      @Arg("The function.") String function,
      @Arg("The artifact, as Artifact.Its.Name.") Object artifact,
      @Arg(value = "What it answers.", required = true) Lazy results) {
    TestContext test = test(context);
    if (test == null) {
      return null;
    }
    Object value = normalised(context.scope(), Values.reduce(results.get()));
    if (value == null || value instanceof List<?> list && list.isEmpty()) {
      throw new ArgumentException("results should be a list");
    }
    if (given(plugin)) {
      test.mock(true, plugin, value);
    } else if (given(function)) {
      test.mock(false, function, value);
    } else if (artifact instanceof ArtifactCalls.Reference reference) {
      test.mock(true, "Artifact." + reference.name(), value);
    } else if (artifact != null && artifact != Absent.ABSENT) {
      throw new ArgumentException(
          "artifact parameter should be an artifact not " + Values.typeName(artifact));
    } else {
      throw new ArgumentException("either plugin or artifact should be specified");
    }
    return null;
  }

  private static boolean given(String name) {
    return name != null && !name.isEmpty();
  }

  private static Object normalised(Scope scope, Object value) {
    if (value instanceof Materialized || Values.isQuery(value)) {
      return Values.rows(scope, value);
    }
    return value == Absent.ABSENT ? null : scope.operators().normalise(scope, value);
  }

  /** The mock; null, with a log line, outside of a test. */
  private static Mock find(CallContext context, String plugin, String function) {
    TestContext test = test(context);
    if (test == null) {
      return null;
    }
    boolean isPlugin = given(plugin);
    String name = isPlugin ? plugin : function;
    if (!given(name)) {
      throw new ArgumentException("either plugin or function should be specified");
    }
    Mock mock = test.find(isPlugin, name);
    if (mock == null) {
      throw new ArgumentException(name + " does not appear to be mocked");
    }
    return mock;
  }

  @VqlFunction(
      name = "mock_check",
      doc = "Whether a mock was called as often as expected since the last check.")
  static Object mockCheck(
      CallContext context,
      @Arg("The plugin.") String plugin,
      @Arg("The function.") String function,
      @Arg(value = "The number of calls.", name = "expected_calls") long expectedCalls,
      @Arg("Accepted without effect.") boolean clear) {
    Mock mock = find(context, plugin, function);
    if (mock == null) {
      return null;
    }
    long count = mock.takeCount();
    String kind = given(plugin) ? "plugin " + plugin : "function " + function;
    return Dict.of(
        "Error",
        count == expectedCalls
            ? "OK"
            : "Mock "
                + kind
                + " should be called "
                + expectedCalls
                + " times but was called "
                + count
                + " times");
  }

  @VqlFunction(name = "mock_replay", doc = "The arguments of each call of a mock, as dicts.")
  static Object mockReplay(
      CallContext context,
      @Arg("The plugin.") String plugin,
      @Arg("The function.") String function,
      @Arg(value = "Accepted without effect.", name = "expected_calls") long expectedCalls,
      @Arg("Accepted without effect.") boolean clear) {
    Mock mock = find(context, plugin, function);
    return mock == null ? null : mock.calls();
  }

  @VqlFunction(
      name = "mock_clear",
      doc = "Forgets what mocks answer and how they were called; the names stay replaced.")
  static Object mockClear(CallContext context) {
    TestContext test = test(context);
    if (test != null) {
      test.clear();
    }
    return null;
  }

  @VqlFunction(
      name = "mock_time",
      doc = "Stops the clock of the server at a time until the run ends, and is TRUE.")
  static Object mockTime(
      CallContext context, @Arg(value = "Seconds since the epoch.", required = true) long now) {
    TestContext test = test(context);
    if (test == null) {
      return null;
    }
    if (test.freeze(Timestamp.ofEpochSecond(now).instant())) {
      context.scope().onRootClose(test::unfreeze);
    }
    return true;
  }

  @VqlPlugin(
      name = "test_read_logs",
      doc = "The lines of the query log since the last call.",
      columns = "Log")
  static void testReadLogs(CallContext context, Sink out) {
    TestContext test = test(context);
    for (String line : test == null ? List.<String>of() : test.takeLog()) {
      if (!out.row(Dict.over(LOG, line))) {
        return;
      }
    }
  }
}
