package org.minivql.yara;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A string of a rule.
 *
 * @param name its name with the dollar sign
 * @param needles what it looks for: each variant of the text
 */
record RuleString(String name, List<Needle> needles) {
  List<Hit> find(Scan scan) {
    List<Hit> hits = new ArrayList<>();
    needles.forEach(needle -> needle.find(scan, hits));
    if (needles.size() > 1) {
      hits.sort(Comparator.comparingInt(Hit::offset).thenComparingInt(Hit::length));
    }
    return hits;
  }
}
