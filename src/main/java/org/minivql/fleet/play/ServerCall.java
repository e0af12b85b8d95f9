package org.minivql.fleet.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minivql.QueryOptions;
import org.minivql.fleet.source.Step;
import org.minivql.registry.event.Principal;
import org.minivql.value.Dict;

/** A step that calls a function as a query of the server's would. */
final class ServerCall {
  private final World world;
  private final Step step;

  ServerCall(World world, Step step) {
    this.world = world;
    this.step = step;
  }

  /** Calls a function and answers its result; that it gives none ends the run. */
  Object run(String function, Dict arguments) {
    List<String> given = new ArrayList<>();
    arguments.shape().names().forEach(name -> given.add(name + "=Given.`" + name + "`"));
    String text = "SELECT " + function + "(" + String.join(", ", given) + ") AS R FROM scope()";
    List<String> log = new ArrayList<>();
    List<Object> results = new ArrayList<>();
    QueryOptions options =
        world
            .options()
            .withEnv(Map.of("Given", arguments))
            .withService(Principal.class, Principal.superuser())
            .withLog(line -> log.add(line.text()));
    world
        .engine()
        .compile(text)
        .run(
            options,
            row -> {
              results.add(row.get("R"));
              return true;
            });
    if (results.isEmpty() || results.get(0) == null) {
      throw step.problem("failed: " + String.join("; ", log));
    }
    return results.get(0);
  }
}
