package org.minivql.cli.output;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.minivql.PlanStep;
import org.minivql.format.DisplayWidth;

/** A plan as text: a line for each query and operator, with rows and times before it. */
public final class PlanTable {
  private static final String HEAD = "    runs     rows in    rows out        time  plan";
  private static final int PLAN_COLUMN = HEAD.indexOf("plan");
  private static final int LEAST_TEXT = 20;

  private PlanTable() {}

  /**
   * The table; every line ends with a line break.
   *
   * @param width the columns of the terminal, 0 for any number
   */
  public static String of(List<PlanStep> steps, int width) {
    StringBuilder out = new StringBuilder(HEAD).append('\n');
    int statement = 0;
    for (PlanStep step : steps) {
      boolean isStatement = step.depth() == 0;
      String number = isStatement ? ++statement + ". " : "   ";
      String text = "  ".repeat(Math.max(0, step.depth() - 1)) + number + step.text();
      int room = Math.max(LEAST_TEXT, width - PLAN_COLUMN);
      out.append(numbers(step));
      out.append(width > 0 ? DisplayWidth.cut(text, room) : text).append('\n');
    }
    return out.toString();
  }

  private static String numbers(PlanStep step) {
    boolean isQuery = step.kind() == PlanStep.Kind.QUERY;
    return String.format(
        Locale.ROOT,
        "%8s %11s %11d %11s  ",
        isQuery ? step.runs() : "",
        isQuery ? "" : step.rowsIn(),
        step.rowsOut(),
        time(step.time()));
  }

  private static String time(Duration time) {
    return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
  }
}
