package org.minivql.builtin.parse;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minivql.accessor.OSPath;
import org.minivql.format.Utf8Reader;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/** The matches of several patterns in a stream, seen through a window. */
final class PatternRecords {
  private final Scope scope;
  private final Pattern[] patterns;
  private final List<List<String>> groups = new ArrayList<>();
  private final int window;

  PatternRecords(Scope scope, Pattern[] patterns, long window) {
    this.scope = scope;
    this.patterns = patterns;
    this.window = (int) Math.max(1, Math.min(window, 64L << 20));
    for (Pattern pattern : patterns) {
      groups.add(names(pattern));
    }
  }

  private static List<String> names(Pattern pattern) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= pattern.groupCount(); i++) {
      names.add("g" + i);
    }
    for (Map.Entry<String, Integer> named : pattern.namedGroups().entrySet()) {
      names.set(named.getValue() - 1, named.getKey());
    }
    return names;
  }

  /** Sends the rows of a stream; false when no more are wanted. */
  boolean read(InputStream in, OSPath path, Sink out) throws IOException {
    Reader text = new Utf8Reader(in);
    StringBuilder buffer = new StringBuilder();
    char[] block = new char[1 << 13];
    boolean ended = false;
    while (true) {
      while (!ended && buffer.length() < window) {
        int n = text.read(block, 0, Math.min(block.length, window - buffer.length()));
        ended = n < 0;
        buffer.append(block, 0, Math.max(0, n));
      }
      if (buffer.isEmpty()) {
        return true;
      }
      String seen = buffer.toString();
      int at = 0;
      int next;
      while ((next = match(seen, at, path, out)) > 0) {
        at = next;
      }
      if (next == STOPPED) {
        return false;
      }
      buffer.delete(0, at == 0 || ended ? buffer.length() : at);
    }
  }

  private static final int NOTHING = 0;
  private static final int STOPPED = -1;

  /** Emits the first match from a place on and answers where it ends. */
  private int match(String text, int from, OSPath path, Sink out) {
    for (int i = 0; i < patterns.length; i++) {
      Matcher matcher = patterns[i].matcher(scope.watched(text));
      if (from <= text.length() && matcher.find(from)) {
        if (!out.row(row(path, i, matcher))) {
          return STOPPED;
        }
        // An empty match must not be found at the same place again.
        return matcher.end() > from ? matcher.end() : from + 1;
      }
    }
    return NOTHING;
  }

  private Dict row(OSPath path, int matched, Matcher matcher) {
    Dict.Builder row = Dict.builder().set("FullPath", path);
    for (List<String> names : groups) {
      for (String name : names) {
        row.replace(name, "");
      }
    }
    List<String> names = groups.get(matched);
    for (int i = 0; i < names.size(); i++) {
      String group = matcher.group(i + 1);
      row.set(names.get(i), group == null ? "" : group);
    }
    return row.build();
  }
}
