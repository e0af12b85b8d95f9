package org.minivql.builtin.lambda;

import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;

/** How fast one number changes with another. */
final class Rate {
  private boolean some;
  private double x;
  private double y;

  private Rate() {}

  @VqlFunction(
      name = "rate",
      doc = "The change of x since the row before, for each unit that y changed; NULL at first.",
      aggregate = true,
      examples = "rate(x=1, y=2) => null")
  static Object rate(
      CallContext context,
      @Arg(value = "The number that changes.", required = true) double x,
      @Arg(value = "What it changes with, such as the time.", required = true) double y) {
    return context.aggregate(Rate::new).next(x, y);
  }

  private Object next(double nextX, double nextY) {
    Object rate = some ? (Object) ((nextX - x) / (nextY - y)) : null;
    some = true;
    x = nextX;
    y = nextY;
    return rate;
  }
}
