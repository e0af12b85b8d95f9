package org.minivql.value;

/**
 * What a run may use only so much of. Beyond the limit the run ends with an error.
 *
 * @since 0.1.0
 */
public enum Limit {
  /** Milliseconds from the start of the program. */
  TIME("E-LIMIT-TIME", "milliseconds", "of time"),
  /** Rows delivered by all statements together. */
  ROWS("E-LIMIT-ROWS", "rows", "delivered"),
  /** Rows looked at by all SELECTs together, nested ones included. */
  SCANNED("E-LIMIT-SCANNED", "rows", "looked at"),
  /** Bytes kept by materialised queries, ORDER BY and GROUP BY, in memory and in files. */
  BYTES("E-LIMIT-BYTES", "bytes", "of materialised rows"),
  /** Bytes of any one value that has to be in memory as a whole, such as a list. */
  MEMORY("E-LIMIT-MEMORY", "bytes", "of memory"),
  /** Nested scopes. The language itself goes no deeper than a thousand: there, values are NULL. */
  DEPTH("E-LIMIT-DEPTH", "scopes", "inside each other"),
  /** Threads at the same time. */
  THREADS("E-LIMIT-THREADS", "threads", "at once"),
  /** Files open at the same time. */
  FILES("E-LIMIT-FILES", "files", "open at once");

  private final String id;
  private final String unit;
  private final String what;

  Limit(String id, String unit, String what) {
    this.id = id;
    this.unit = unit;
    this.what = what;
  }

  /** The id of the error that tells it was reached. */
  public String id() {
    return id;
  }

  /** What it is counted in, in the plural. */
  public String unit() {
    return unit;
  }

  /** The limit as the end of a sentence: {@code 512 files open at once}. */
  public String describe(long amount) {
    return amount + " " + unit + " " + what;
  }
}
