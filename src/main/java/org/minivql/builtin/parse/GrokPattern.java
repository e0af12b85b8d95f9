package org.minivql.builtin.parse;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.regex.Regexes;

/** A grok expression translated to one regular expression. */
final class GrokPattern {
  /** The answer for an expression that names an unknown building block. */
  static final GrokPattern UNKNOWN = new GrokPattern(null, Map.of());

  private static final int DEEPEST = 32;
  private static final int LONGEST = 1 << 18;

  private final Pattern pattern;
  private final Map<Integer, String> names;

  private GrokPattern(Pattern pattern, Map<Integer, String> names) {
    this.pattern = pattern;
    this.names = names;
  }

  /** What an expression is translated with. */
  private static final class Translation {
    private final Map<String, String> blocks;
    private final boolean all;
    private final StringBuilder regex = new StringBuilder();
    private final Map<String, String> named = new TreeMap<>();

    Translation(Map<String, String> blocks, boolean all) {
      this.blocks = blocks;
      this.all = all;
    }

    /** Appends an expression; false where a block is unknown or expands without end. */
    boolean expand(String expression, int depth) {
      int at = 0;
      int start;
      while ((start = expression.indexOf("%{", at)) >= 0) {
        int end = expression.indexOf('}', start);
        if (end < 0) {
          break;
        }
        regex.append(expression, at, start);
        if (!block(expression.substring(start + 2, end).split(":"), depth)) {
          return false;
        }
        at = end + 1;
      }
      regex.append(expression.substring(at));
      return regex.length() <= LONGEST;
    }

    private boolean block(String[] reference, int depth) {
      String body = blocks.get(reference[0]);
      if (body == null || depth >= DEEPEST) {
        return false;
      }
      boolean given = reference.length > 1 && !reference[1].isEmpty();
      String name = given ? reference[1] : all ? reference[0] : "";
      if (name.isEmpty()) {
        regex.append("(?:");
      } else {
        // Field names may contain what a group name may not, and may be given twice.
        String group = "grok" + named.size() + "z";
        named.put(group, name);
        regex.append("(?P<").append(group).append('>');
      }
      boolean known = expand(body, depth + 1);
      regex.append(')');
      return known;
    }
  }

  /**
   * Translates an expression.
   *
   * @throws com.google.re2j.PatternSyntaxException where what comes out is no expression
   */
  static GrokPattern of(Map<String, String> blocks, String grok, boolean all) {
    Translation translation = new Translation(blocks, all);
    if (!translation.expand(grok, 0)) {
      return UNKNOWN;
    }
    Pattern pattern = Regexes.compile(translation.regex.toString().replace("(?<", "(?P<"));
    Map<Integer, String> names = new TreeMap<>();
    pattern
        .namedGroups()
        .forEach((group, index) -> names.put(index, translation.named.getOrDefault(group, group)));
    return new GrokPattern(pattern, names);
  }

  /** The named parts of a text; an empty dict without a match, null for an unknown block. */
  Dict matches(Scope scope, String data) {
    if (pattern == null) {
      return null;
    }
    Matcher matcher = pattern.matcher(scope.watched(data));
    return matcher.find() ? Grok.groups(matcher, names) : Dict.EMPTY;
  }
}
