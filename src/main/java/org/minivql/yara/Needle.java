package org.minivql.yara;

import java.util.List;

/** What a string of a rule looks for. */
interface Needle {
  /** The most hits of one string that are kept. */
  int MOST = 100_000;

  /** Adds the places where it occurs, in the order of their offsets. */
  void find(Scan scan, List<Hit> hits);
}
