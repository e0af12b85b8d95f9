package org.minivql.bench;

import java.util.function.Consumer;
import org.minivql.Program;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.openjdk.jmh.infra.Blackhole;

/** A program and a loop that makes the same rows. */
final class Workload {
  /** A loop: gives each of its rows to the consumer. */
  @FunctionalInterface
  interface Loop {
    /** Makes all rows. */
    void run(Consumer<Object> out);
  }

  private final String name;
  private final long rows;
  private final Program program;
  private final Loop loop;

  /**
   * A workload.
   *
   * @param name for the table
   * @param rows how many rows the work is divided by
   * @param text the program
   * @param loop the same by hand
   */
  Workload(Vql engine, String name, long rows, String text, Loop loop) {
    this.name = name;
    this.rows = rows;
    this.program = engine.compile(text);
    this.loop = loop;
  }

  String name() {
    return name;
  }

  long rows() {
    return rows;
  }

  void ours(Blackhole out) {
    program.run(
        QueryOptions.defaults(),
        row -> {
          out.consume(row);
          return true;
        });
  }

  void byHand(Blackhole out) {
    loop.run(out::consume);
  }

  /** How many rows each side makes: a wrong loop would make every ratio worthless. */
  void check() {
    long[] counts = new long[2];
    program.run(QueryOptions.defaults().withLog(Workload::fail), row -> ++counts[0] > 0);
    loop.run(row -> counts[1]++);
    if (counts[0] != counts[1] || counts[0] == 0) {
      throw new IllegalStateException(name + ": " + counts[0] + " rows, by hand " + counts[1]);
    }
  }

  private static void fail(org.minivql.LogLine line) {
    if (line.level() == org.minivql.LogLine.Level.ERROR) {
      throw new IllegalStateException(line.text());
    }
  }
}
