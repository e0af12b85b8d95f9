package org.minivql.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minivql.Profile;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.format.Json;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.HostCatalog;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Lambda;

/** Calls the lambdas of the cases. */
final class LambdaCases {
  private LambdaCases() {}

  @VqlFunction(name = "invoke", doc = "Calls a lambda.")
  static Object invoke(
      CallContext context,
      @Arg(value = "The lambda.", required = true) Lambda lambda,
      @Arg(value = "The arguments.", required = true) List<Object> inputs) {
    return lambda.call(context.scope(), inputs.toArray());
  }

  /** Numbers inside of lists reached the reference as the text they have in the case. */
  private static List<Object> inputs(Map<String, Object> testCase) {
    List<Object> inputs = new ArrayList<>();
    for (Object input : (List<?>) testCase.getOrDefault("inputs", List.of())) {
      inputs.add(
          input instanceof List<?> list ? list.stream().map(String::valueOf).toList() : input);
    }
    return inputs;
  }

  /** Null if the case passes, else the reason why not. */
  static String check(Map<String, Object> testCase) {
    List<String> log = new ArrayList<>();
    Environment environment = Environment.of("exec");
    Vql engine =
        Vql.builder()
            .profile(Profile.BARE)
            .catalog(environment.catalog())
            .catalog(HostCatalog.create().declarations(LambdaCases.class))
            .build();
    QueryOptions options =
        environment
            .options()
            .withEnv(Map.of("TheLambda", testCase.get("expression"), "TheInputs", inputs(testCase)))
            .withLog(line -> log.add(line.text()));
    List<Object> results = new ArrayList<>();
    engine
        .compile("SELECT invoke(lambda=TheLambda, inputs=TheInputs) AS Result FROM scope()")
        .run(
            options,
            row -> {
              results.add(Cases.parse(Json.text(row)));
              return true;
            });
    Object result = ((Map<?, ?>) results.get(0)).get("Result");
    boolean refused = log.stream().anyMatch(line -> line.startsWith("invoke: Field lambda"));
    if (testCase.containsKey("error")) {
      return refused ? null : "parses, but should not";
    }
    if (refused) {
      return "does not parse: " + log;
    }
    return Same.same(testCase.get("result"), result)
        ? null
        : result + " instead of " + testCase.get("result");
  }
}
