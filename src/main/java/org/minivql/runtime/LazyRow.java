package org.minivql.runtime;

import org.minivql.value.Shape;

/**
 * The output columns of one row while {@code WHERE} and {@code GROUP BY} look at them: a column is
 * evaluated when it is first read, and then kept.
 */
public abstract class LazyRow {
  /** The mark of a cell that was not read yet. */
  public static final Object UNREAD =
      new Object() {
        @Override
        public String toString() {
          return "UNREAD";
        }
      };

  private final Shape shape;

  /** The cells; {@link #UNREAD} where the column was not evaluated. */
  protected final Object[] cells;

  /** A row whose columns are all unread. */
  protected LazyRow(Shape shape) {
    this.shape = shape;
    this.cells = new Object[shape.size()];
    java.util.Arrays.fill(cells, UNREAD);
  }

  /** The columns. */
  public final Shape shape() {
    return shape;
  }

  /** The value of a column, evaluated now if need be. */
  public final Object get(int index) {
    Object value = cells[index];
    if (value == UNREAD) {
      value = evaluate(index);
      cells[index] = value;
    }
    return value;
  }

  /** Evaluates a column in the scope of the columns. */
  protected abstract Object evaluate(int index);
}
