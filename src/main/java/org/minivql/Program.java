package org.minivql;

import java.util.ArrayList;
import java.util.List;
import org.minivql.plan.PlannedStatement;

/**
 * A compiled program. Immutable; may run many times, also at the same time.
 *
 * @since 0.1.0
 */
public final class Program {
  private final Vql engine;
  private final List<PlannedStatement> plan;

  /** Made when somebody first asks: most programs are run without. */
  private volatile List<StatementInfo> statements;

  Program(Vql engine, List<PlannedStatement> plan) {
    this.engine = engine;
    this.plan = plan;
  }

  private List<StatementInfo> infos() {
    List<StatementInfo> infos = new ArrayList<>();
    for (PlannedStatement statement : plan) {
      infos.add(
          new StatementInfo(
              infos.size(), StatementInfo.Type.valueOf(statement.type().name()), statement.text()));
    }
    return List.copyOf(infos);
  }

  /** The statements in order. */
  public List<StatementInfo> statements() {
    List<StatementInfo> known = statements;
    if (known == null) {
      known = infos();
      statements = known;
    }
    return known;
  }

  List<PlannedStatement> plan() {
    return plan;
  }

  /**
   * Runs the program on the calling thread and returns when it is done.
   *
   * @param options variables, limits, clock, log
   * @param handler takes the rows as they come
   * @return how it ended
   */
  public RunResult run(QueryOptions options, RowHandler handler) {
    try (Execution execution = start(options)) {
      return execution.run(handler);
    }
  }

  /** Prepares a run that can be cancelled from another thread. */
  public Execution start(QueryOptions options) {
    return new Execution(engine, options).with(this);
  }

  /**
   * Runs the program in a thread of its own; its rows are taken one by one. Close the result to end
   * the run.
   */
  public Rows rows(QueryOptions options) {
    return new Rows(start(options));
  }
}
