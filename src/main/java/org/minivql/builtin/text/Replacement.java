package org.minivql.builtin.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;
import java.util.function.Function;
import org.minivql.value.Limit;
import org.minivql.value.Scope;

/** Replaces the matches of a pattern. */
final class Replacement {
  private Replacement() {}

  /**
   * The text with each match replaced; an empty match right after another one does not count. What
   * becomes too long for the scope's run ends it.
   */
  static String all(
      Scope scope, Pattern pattern, String text, Function<Matcher, String> replacement) {
    Matcher matcher = pattern.matcher(scope.watched(text));
    StringBuilder out = new StringBuilder();
    int end = 0;
    boolean any = false;
    while (matcher.find()) {
      if (any && matcher.start() == matcher.end() && matcher.start() == end) {
        continue;
      }
      out.append(text, end, matcher.start()).append(replacement.apply(matcher));
      scope.check(Limit.MEMORY, out.length());
      end = matcher.end();
      any = true;
    }
    return any ? out.append(text, end, text.length()).toString() : text;
  }

  /** The template with {@code $1}, {@code ${1}}, {@code $name} and {@code ${name}} filled in. */
  static String expand(String template, Matcher match) {
    if (template.indexOf('$') < 0) {
      return template;
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      int end = c == '$' ? reference(template, at + 1) : at;
      if (c == '$' && template.startsWith("$", at + 1)) {
        out.append('$');
        at += 2;
      } else if (end > at + 1) {
        out.append(group(template.substring(at + 1, end), match));
        at = end;
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  /** Where a reference that starts here ends; here, where none does. */
  private static int reference(String template, int from) {
    boolean braces = template.startsWith("{", from);
    int end = braces ? from + 1 : from;
    while (end < template.length() && isName(template.codePointAt(end))) {
      end += Character.charCount(template.codePointAt(end));
    }
    if (!braces) {
      return end;
    }
    boolean closed = end > from + 1 && template.startsWith("}", end);
    return closed ? end + 1 : from;
  }

  private static boolean isName(int c) {
    return c == '_' || Character.isLetter(c) || Character.isDigit(c);
  }

  private static String group(String reference, Matcher match) {
    String name =
        reference.startsWith("{") ? reference.substring(1, reference.length() - 1) : reference;
    Map<String, Integer> names = match.pattern().namedGroups();
    int index = -1;
    if (name.matches("0|[1-9][0-9]{0,5}")) {
      index = Integer.parseInt(name);
    } else if (names.containsKey(name)) {
      index = names.get(name);
    }
    String text = index >= 0 && index <= match.groupCount() ? match.group(index) : null;
    return text == null ? "" : text;
  }
}
