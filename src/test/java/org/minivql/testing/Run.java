package org.minivql.testing;

import java.util.ArrayList;
import java.util.List;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.format.Json;

/** Runs a program and keeps what it said. */
public final class Run {
  private final List<String> rows = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  private Run() {}

  /** A program on an engine, to its end. */
  public static Run of(Vql engine, String program) {
    return of(engine, program, QueryOptions.defaults());
  }

  /** A program with options, to its end. */
  public static Run of(Vql engine, String program, QueryOptions options) {
    Run run = new Run();
    engine
        .compile(program)
        .run(options.withLog(line -> run.note(line.text())), row -> run.rows.add(Json.text(row)));
    return run;
  }

  private synchronized void note(String line) {
    log.add(line);
  }

  /** The rows as compact JSON. */
  public List<String> rows() {
    return rows;
  }

  /** The log. */
  public synchronized List<String> log() {
    return List.copyOf(log);
  }
}
