package org.minivql.cli.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.minivql.Profile;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.artifact.ArtifactCalls;
import org.minivql.artifact.Repository;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Option;
import org.minivql.cli.io.Log;
import org.minivql.spi.Effects;
import org.minivql.spi.Machine;
import org.minivql.value.Limit;

/** The options with which all commands that run VQL build their engine. */
public final class EngineOptions {
  private static final String ENVIRONMENT = "environment";
  private static final List<String> EFFECTS =
      List.of("write", "delete", "upload", "execve", "http", "mail", ENVIRONMENT, "all");

  private EngineOptions() {}

  /** What the engine has. */
  public static List<Option> engine() {
    return List.of(
        Option.choice(
            "profile",
            List.of("bare", "velociraptor"),
            "The language alone, or with the functions and plugins of Velociraptor (default)."),
        Option.list("definitions", "DIR", "Load the artifacts below a directory.").or('D'),
        new Option(
            "allow",
            (char) 0,
            "",
            "EFFECT",
            true,
            EFFECTS,
            "Allow what changes the world outside: " + String.join(", ", EFFECTS) + "."));
  }

  /** What a run is given. */
  public static List<Option> run() {
    return List.of(
        Option.list("env", "NAME=VALUE", "Set a variable to a string."),
        Option.list("arg-json", "NAME=JSON", "Set a variable to a JSON value."),
        Option.value("limit", "N", "End each SELECT after N rows."),
        Option.value("timeout", "SECONDS", "Fail after this time."),
        Option.value("max-rows", "N", "Fail after N rows."),
        Option.value("max-scanned", "N", "Fail when SELECTs look at more than N rows."),
        Option.value("max-bytes", "N", "Fail when materialised rows take more than N bytes."),
        Option.value("max-memory", "N", "Fail when one value takes more than N bytes of memory."),
        Option.value("max-depth", "N", "Fail when more than N scopes are nested."),
        Option.value("max-threads", "N", "Fail when more than N threads are needed at once."),
        Option.value("max-files", "N", "Fail when more than N files are open at once."),
        Option.flag("quiet", 'q', "Log errors only."),
        Option.flag("verbose", 'v', "Log details, too."));
  }

  /** The engine that the options ask for. */
  public static Vql engine(Invocation call, Definitions definitions) {
    return builder(call, definitions).build();
  }

  /** The engine that the options ask for, open for more. */
  public static Vql.Builder builder(Invocation call, Definitions definitions) {
    Vql.Builder builder = Vql.builder();
    if (call.value("profile", "velociraptor").equals("bare")) {
      builder.profile(Profile.BARE);
    } else {
      builder.namespace(new ArtifactCalls(scope -> definitions.repository()));
      builder.service(Repository.class, definitions.repository());
    }
    for (String folder : call.values("definitions")) {
      definitions.addFolder(call.console(), folder);
    }
    List<String> allowed = call.values("allow");
    if (allowed.contains(ENVIRONMENT) || allowed.contains("all")) {
      builder.service(Machine.class, new HostMachine(call.console().environment()));
    }
    return builder
        .service(Effects.class, effects(call))
        .service(
            Accessors.class,
            new StandardAccessors(FileRoots.anywhere(Path.of("").toAbsolutePath())));
  }

  public static Effects effects(Invocation call) {
    List<String> allowed = call.values("allow");
    if (allowed.isEmpty()) {
      return Effects.none();
    }
    Set<Effects.Kind> kinds = EnumSet.of(Effects.Kind.TEMPFILE);
    for (String name : allowed) {
      if (name.equals("all")) {
        return Effects.allowAll();
      }
      if (!name.equals(ENVIRONMENT)) {
        kinds.add(Effects.Kind.valueOf(name.toUpperCase(Locale.ROOT)));
      }
    }
    Effects others = Effects.none();
    return effect -> kinds.contains(effect.kind()) ? Effects.Decision.ALLOW : others.decide(effect);
  }

  /** The variables and limits that the options ask for. */
  public static QueryOptions queryOptions(Invocation call, Log log) {
    QueryOptions options =
        QueryOptions.defaults()
            .withoutLimit(Limit.TIME)
            .withoutLimit(Limit.ROWS)
            .withoutLimit(Limit.SCANNED)
            .withEnv(Variables.of(call))
            .withLog(log::line);
    long seconds = call.number("timeout", 0);
    if (seconds > 0) {
      options = options.withTimeout(Duration.ofSeconds(seconds));
    }
    if (call.has("limit")) {
      options = options.withRowsPerSelect(call.number("limit", 0));
    }
    for (Limit limit : Limit.values()) {
      String name = "max-" + limit.name().toLowerCase(Locale.ROOT);
      if (limit != Limit.TIME && call.has(name)) {
        options = options.withLimit(limit, call.number(name, 0));
      }
    }
    return options;
  }
}
