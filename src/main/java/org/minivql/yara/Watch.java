package org.minivql.yara;

/** Ends scans that nobody waits for any more. */
public interface Watch {
  /** The same text; walking over it may end with an exception of the watch. */
  CharSequence watched(String text);

  /** Whether somebody still waits. */
  boolean wanted();
}
