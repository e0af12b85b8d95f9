package org.minivql.runtime;

import org.minivql.value.Shape;

/**
 * The output columns of one row while {@code WHERE} and {@code GROUP BY} look at them: a column is
 * evaluated when it is first read, and then kept.
 */
public abstract class LazyRow {
  /** What stands for NULL in a cell that was read. */
  protected static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "NULL";
        }
      };

  private final Shape shape;

  /** The cells: null where the column was not evaluated yet, {@link #NULL} where it is NULL. */
  protected final Object[] cells;

  /** A row whose columns are all unread. */
  protected LazyRow(Shape shape) {
    this.shape = shape;
    this.cells = new Object[shape.size()];
  }

  /** The columns. */
  public final Shape shape() {
    return shape;
  }

  /** The value of a column, evaluated now if need be. */
  public final Object get(int index) {
    Object value = cells[index];
    if (value == null) {
      value = evaluate(index);
      keep(index, value);
    }
    return value == NULL ? null : value;
  }

  /** Keeps the value of a column. */
  protected final void keep(int index, Object value) {
    cells[index] = value == null ? NULL : value;
  }

  /** Evaluates a column in the scope of the columns. */
  protected abstract Object evaluate(int index);
}
