package org.minivql.testing;

import java.util.ArrayList;
import java.util.List;
import org.minivql.LogLine;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.format.Json;

/** Runs a program and keeps what it said. */
public final class Run {
  private final List<String> rows = new ArrayList<>();
  private final List<LogLine> lines = new ArrayList<>();

  private Run() {}

  /** A program on an engine, to its end. */
  public static Run of(Vql engine, String program) {
    return of(engine, program, QueryOptions.defaults());
  }

  /** A row with the value of an expression as its column X. */
  public static Run value(Vql engine, String expression) {
    return of(engine, "SELECT (" + expression + ") AS X FROM scope()");
  }

  /** A program with options, to its end. */
  public static Run of(Vql engine, String program, QueryOptions options) {
    Run run = new Run();
    engine.compile(program).run(options.withLog(run::note), row -> run.rows.add(Json.text(row)));
    return run;
  }

  private synchronized void note(LogLine line) {
    lines.add(line);
  }

  /** The rows as compact JSON. */
  public List<String> rows() {
    return rows;
  }

  /** The texts of the log. */
  public List<String> log() {
    return lines().stream().map(LogLine::text).toList();
  }

  /** The log. */
  public synchronized List<LogLine> lines() {
    return List.copyOf(lines);
  }
}
