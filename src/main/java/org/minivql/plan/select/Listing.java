package org.minivql.plan.select;

/** Takes a plan and what its parts did: each query before its operators, in the order rows flow. */
public interface Listing {
  /**
   * A query, or a definition.
   *
   * @param depth how deep it lies; statements lie at 0
   * @param text its canonical text
   * @param runs how many times it ran
   * @param rows how many rows it gave
   * @param nanos how long it took, with whoever took its rows
   */
  void query(int depth, String text, long runs, long rows, long nanos);

  /**
   * An operator of the query above it.
   *
   * @param depth how deep it lies
   * @param text its part of the query
   * @param in how many rows it got; as many as it gave where it makes rows
   * @param out how many rows it gave
   * @param nanos how long it took, with the queries below it and without the operators beside it
   */
  void operator(int depth, String text, long in, long out, long nanos);
}
