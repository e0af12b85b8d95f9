package org.minivql.cli.repl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.minivql.Execution;
import org.minivql.LogLine;
import org.minivql.PlanStep;
import org.minivql.Program;
import org.minivql.QueryOptions;
import org.minivql.RowHandler;
import org.minivql.StatementInfo;
import org.minivql.Vql;
import org.minivql.artifact.Repository;
import org.minivql.cli.output.PlanTable;
import org.minivql.fleet.FleetStage;
import org.minivql.fleet.Fleets;
import org.minivql.fleet.PlanText;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;
import org.minivql.registry.event.Quirks;
import org.minivql.syntax.Literals;
import org.minivql.syntax.Parser;
import org.minivql.syntax.Printer;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.Statement;
import org.minivql.value.Dict;

/**
 * An interactive session of an engine: one scope that keeps its definitions from text to text.
 *
 * <p>On a fleet each text runs on the fleet as it was recorded, with all definitions made before
 * it; when the text listens for events, everything recorded happens.
 *
 * @since 0.1.0
 */
public final class EngineShell implements Shell {
  private final Vql vql;
  private final QueryOptions options;
  private final EngineVocabulary vocabulary;
  private final Map<String, Object> environment = new LinkedHashMap<>();
  private final List<String> definitions = new ArrayList<>();
  private final Set<String> told = new HashSet<>();
  private final Execution session;
  private volatile Execution running;
  private volatile Output output;
  private Path fleet;

  /**
   * A session without artifacts and variables.
   *
   * @param vql the engine, with functions and plugins of the application
   * @param options limits, clock and services; the log goes to the output of each text
   */
  public EngineShell(Vql vql, QueryOptions options) {
    this(vql, options, Map.of(), () -> null);
  }

  /**
   * A session.
   *
   * @param vql the engine, with functions and plugins of the application
   * @param options limits, clock and services; the log goes to the output of each text
   * @param variables what is defined from the start
   * @param artifacts the artifacts to suggest and document; may answer null
   */
  public EngineShell(
      Vql vql, QueryOptions options, Map<String, ?> variables, Supplier<Repository> artifacts) {
    this.vql = vql;
    this.options = options.withEnv(variables).withLog(this::log);
    this.vocabulary = new EngineVocabulary(vql.library(), artifacts);
    this.session = vql.session(this.options);
    this.running = session;
    environment.putAll(variables);
    variables.keySet().forEach(vocabulary::add);
  }

  private void log(LogLine line) {
    Output target = output;
    if (target != null) {
      target.log(line.text());
    }
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public Map<String, Object> environment() {
    return environment;
  }

  @Override
  public void set(String name, Object value) {
    String definition = "LET `" + name + "` <= " + Literals.quote(String.valueOf(value));
    session.run(vql.compile(definition), row -> true);
    definitions.add(definition);
    environment.put(name, value);
    vocabulary.add(name);
  }

  @Override
  public void fleet(Path folder) throws IOException {
    if (folder != null) {
      try (FleetSource source = Fleets.open(folder)) {
        source.config();
      } catch (FleetException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
    fleet = folder;
  }

  @Override
  public void run(String text, Output target) {
    Passing rows = new Passing(target);
    on(text, target, (execution, program) -> execution.run(program, rows));
  }

  @Override
  public String explain(String text, int width, Output target) {
    List<PlanStep> steps = new ArrayList<>();
    on(text, target, (execution, program) -> steps.addAll(execution.explain(program, row -> true)));
    return PlanTable.of(steps, width);
  }

  /** What is done with a program. */
  private interface Task {
    void run(Execution execution, Program program);
  }

  private void on(String text, Output target, Task task) {
    List<String> made = learn(text);
    output = target;
    try {
      if (fleet == null) {
        task.run(session, vql.compile(text));
      } else {
        onFleet(text, task);
      }
    } finally {
      output = null;
      running = session;
    }
    definitions.addAll(made);
  }

  private void onFleet(String text, Task task) {
    try (FleetSource source = Fleets.open(fleet);
        FleetStage stage = new FleetStage(source, List.of());
        Execution execution = stage.engine().session(stage.options(options, texts(text)))) {
      running = execution;
      Program program = stage.engine().compile(text);
      for (String definition : definitions) {
        execution.run(stage.engine().compile(definition), row -> true);
      }
      List<Quirks.Warning> known = stage.warnings();
      stage.play(execution, () -> task.run(execution, program));
      for (Quirks.Warning warning : stage.warnings()) {
        if (!known.contains(warning)) {
          log(LogLine.of("WARN:" + PlanText.warning(warning)));
        }
      }
      source.problems().stream()
          .filter(told::add)
          .forEach(problem -> log(LogLine.of("WARN:" + problem)));
    }
  }

  private List<String> texts(String text) {
    List<String> texts = new ArrayList<>(definitions);
    texts.add(text);
    return texts;
  }

  /** Learns the definitions of a text and answers them. */
  private List<String> learn(String text) {
    List<String> made = new ArrayList<>();
    for (Statement statement : Parser.parse(text).statements()) {
      if (statement instanceof Let let) {
        vocabulary.add(let);
        made.add(Printer.text(let));
      }
    }
    return made;
  }

  @Override
  public void cancel() {
    running.interrupt();
  }

  @Override
  public void close() {
    session.close();
  }

  /** Passes rows on to the shell. */
  private static final class Passing implements RowHandler {
    private final Output target;

    Passing(Output target) {
      this.target = target;
    }

    @Override
    public void begin(StatementInfo statement) {
      if (statement.yieldsRows()) {
        target.begin();
      }
    }

    @Override
    public boolean row(Dict row) {
      return target.row(row);
    }

    @Override
    public void end(StatementInfo statement) {
      if (statement.yieldsRows()) {
        target.end();
      }
    }
  }
}
