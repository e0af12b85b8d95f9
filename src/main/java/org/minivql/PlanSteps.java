package org.minivql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.minivql.plan.select.Listing;

/** Collects the parts of a plan. */
final class PlanSteps implements Listing {
  private final List<PlanStep> steps = new ArrayList<>();
  private long runs;

  @Override
  public void query(int depth, String text, long times, long rows, long nanos) {
    runs = times;
    add(PlanStep.Kind.QUERY, depth, text, rows, rows, nanos);
  }

  @Override
  public void operator(int depth, String text, long in, long out, long nanos) {
    add(PlanStep.Kind.OPERATOR, depth, text, in, out, nanos);
  }

  private void add(PlanStep.Kind kind, int depth, String text, long in, long out, long nanos) {
    steps.add(new PlanStep(kind, depth, text, runs, in, out, Duration.ofNanos(nanos)));
  }

  List<PlanStep> list() {
    return List.copyOf(steps);
  }
}
