package org.minivql.value;

import java.util.List;

/**
 * An object with named members that can be used as a row, as a layer of a scope and as the left
 * side of a member access.
 *
 * <p>{@link Dict} is the usual implementation. Host objects implement it to show themselves to VQL;
 * nothing else of a host object is visible to a query.
 *
 * @since 0.1.0
 */
public interface Members {
  /**
   * The value of a member.
   *
   * @param name the member's exact name
   * @return the value ({@code null} is VQL's NULL), or {@link Absent#ABSENT} where there is no such
   *     member
   */
  Object member(String name);

  /**
   * The members that {@code *} expands to, in order. A name listed here for which {@link #member}
   * answers absent does not become a column.
   */
  List<String> memberNames();
}
