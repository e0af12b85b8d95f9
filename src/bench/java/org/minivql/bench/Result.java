package org.minivql.bench;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param workload its name
 * @param rows what the time is divided by
 * @param ours nanoseconds a row
 * @param byHand nanoseconds a row of what it is compared with; not a number where there is nothing
 */
record Result(String workload, long rows, double ours, double byHand) {
  double ratio() {
    return ours / byHand;
  }

  String json() {
    return "{\"workload\":\"%s\",\"rows\":%d,\"ns_per_row\":%s,\"baseline_ns_per_row\":%s,\"ratio\":%s}"
        .formatted(workload, rows, number(ours), number(byHand), number(ratio()));
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%.4g", value).contains("e")
            ? Double.toString(value)
            : String.format(Locale.ROOT, "%.3f", value)
        : "null";
  }

  String line() {
    return String.format(
        Locale.ROOT, "%-28s %10d %14.1f %14.1f %8.2f", workload, rows, ours, byHand, ratio());
  }
}
