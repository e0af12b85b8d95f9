package org.minivql.yara;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One pass over some bytes: what was found, and the variables of loops. */
final class Scan {
  private final String data;
  private final Map<String, Object> externals;
  private final Watch watch;
  private final Map<RuleString, List<Hit>> found = new IdentityHashMap<>();
  private final Set<String> matched = new HashSet<>();
  private final Map<String, Object> variables = new HashMap<>();
  private final Deque<RuleString> current = new ArrayDeque<>();
  private String folded;

  Scan(String data, Map<String, Object> externals, Watch watch) {
    this.data = data;
    this.externals = externals;
    this.watch = watch;
  }

  String data() {
    return data;
  }

  /** The data with small letters. */
  String folded() {
    if (folded == null) {
      folded = fold(data);
    }
    return folded;
  }

  /** The text with small letters; only ASCII has any. */
  static String fold(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      if (chars[i] >= 'A' && chars[i] <= 'Z') {
        chars[i] += 32;
      }
    }
    return new String(chars);
  }

  CharSequence watched(String text) {
    return watch.watched(text);
  }

  /** Whether somebody still wants the result. */
  boolean wanted() {
    return watch.wanted();
  }

  List<Hit> hits(RuleString string) {
    List<Hit> hits = found.get(string);
    if (hits == null) {
      hits = string.find(this);
      found.put(string, hits);
    }
    return hits;
  }

  Object external(String name) {
    return variables.containsKey(name) ? variables.get(name) : externals.get(name);
  }

  void set(String name, Object value) {
    variables.put(name, value);
  }

  /** The string that {@code $} means in a loop over strings. */
  Deque<RuleString> current() {
    return current;
  }

  boolean matched(String rule) {
    return matched.contains(rule);
  }

  void match(String rule) {
    matched.add(rule);
  }
}
