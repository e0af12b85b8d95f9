package org.minivql.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.minivql.Execution;
import org.minivql.LogLine;
import org.minivql.Program;
import org.minivql.QueryOptions;
import org.minivql.RowHandler;
import org.minivql.StatementInfo;
import org.minivql.Vql;
import org.minivql.cli.repl.Shell;
import org.minivql.cli.repl.Vocabulary;
import org.minivql.syntax.Names;
import org.minivql.syntax.Parser;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.Statement;
import org.minivql.value.Dict;

/** An interactive session of an engine. */
final class EngineShell implements Shell {
  private final Vql vql;
  private final Vocabulary vocabulary;
  private final Execution session;
  private final Map<String, Object> environment = new LinkedHashMap<>();
  private final Set<String> variables = new TreeSet<>();
  private volatile Output output;

  /**
   * A session.
   *
   * @param options limits and services; the log goes to the output of each text
   * @param given the variables that the options hold
   */
  EngineShell(Vql vql, Definitions definitions, QueryOptions options, Map<String, Object> given) {
    this.vql = vql;
    this.vocabulary = new EngineVocabulary(vql.library(), definitions, variables);
    this.session = vql.session(options.withLog(this::log));
    environment.putAll(given);
    variables.addAll(given.keySet());
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
    String literal = String.valueOf(value).replace("\\", "\\\\").replace("\"", "\\\"");
    session.run(vql.compile("LET `" + name + "` <= \"" + literal + "\""), row -> true);
    environment.put(name, value);
    variables.add(name);
  }

  @Override
  public void run(String text, Output target) {
    Program program = program(text);
    output = target;
    try {
      session.run(program, new Passing(target));
    } finally {
      output = null;
    }
  }

  @Override
  public String explain(String text, Output target) {
    Program program = program(text);
    output = target;
    try {
      Explanation explanation = new Explanation();
      session.run(program, explanation);
      return explanation.text();
    } finally {
      output = null;
    }
  }

  private Program program(String text) {
    for (Statement statement : Parser.parse(text).statements()) {
      if (statement instanceof Let let) {
        variables.add(Names.unquote(let.name()));
      }
    }
    return vql.compile(text);
  }

  @Override
  public void cancel() {
    session.interrupt();
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
