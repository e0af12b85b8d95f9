package org.minivql.builtin.template;

import com.google.re2j.Matcher;
import com.google.re2j.PatternSyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.minivql.format.Json;
import org.minivql.value.Absent;
import org.minivql.value.Bytes;
import org.minivql.value.regex.Regexes;
import org.minivql.value.text.GoFormat;

/** Functions about text. */
final class TemplateText {
  private TemplateText() {}

  static Object call(String name, Operands a) {
    Object value = simple(name, a);
    return value == Absent.ABSENT ? combined(name, a) : value;
  }

  private static Object simple(String name, Operands a) {
    return switch (name) {
      case "upper" -> a.text(0).toUpperCase(Locale.ROOT);
      case "lower" -> a.text(0).toLowerCase(Locale.ROOT);
      case "title" -> words(a.text(0), Character::toTitleCase);
      case "untitle" -> words(a.text(0), Character::toLowerCase);
      case "trim" -> a.text(0).strip();
      case "nospace" -> a.text(0).replaceAll("\\s", "");
      case "initials" -> a.text(0).replaceAll("\\B\\S|\\s", "");
      case "html" -> escapeHtml(joined(a));
      case "js" -> quoted(joined(a));
      case "urlquery" -> URLEncoder.encode(Bytes.printable(joined(a)), StandardCharsets.UTF_8);
      case "b64enc" -> Base64.getEncoder().encodeToString(Bytes.encode(a.text(0)));
      case "b64dec" -> decoded(a.text(0));
      case "toJson", "mustToJson" -> Json.text(a.scope(), a.get(0));
      case "toPrettyJson" -> Json.write(a.scope(), a.get(0), 2, null);
      case "snakecase" -> spaced(a.text(0), "_");
      case "kebabcase" -> spaced(a.text(0), "-");
      case "camelcase" ->
          words(a.text(0).replace('_', ' '), Character::toTitleCase).replace(" ", "");
      default -> Absent.ABSENT;
    };
  }

  private static Object combined(String name, Operands a) {
    return switch (name) {
      case "trimAll" -> trimAll(a.text(0), a.text(1));
      case "trimPrefix" ->
          a.text(1).startsWith(a.text(0)) ? a.text(1).substring(a.text(0).length()) : a.text(1);
      case "trimSuffix" ->
          a.text(1).endsWith(a.text(0))
              ? a.text(1).substring(0, a.text(1).length() - a.text(0).length())
              : a.text(1);
      case "trunc" -> truncated(a.integer(0), a.text(1));
      case "abbrev" ->
          a.text(1).length() > a.count(0)
              ? a.text(1).substring(0, Math.max(0, a.count(0) - 3)) + "..."
              : a.text(1);
      case "substr" -> part(a.integer(0), a.integer(1), a.text(2));
      case "repeat" -> a.text(1).repeat(Math.min(a.count(0), 100_000));
      case "replace" -> a.text(2).replace(a.text(0), a.text(1));
      case "contains" -> a.text(1).contains(a.text(0));
      case "hasPrefix" -> a.text(1).startsWith(a.text(0));
      case "hasSuffix" -> a.text(1).endsWith(a.text(0));
      case "quote" -> each(a, text -> GoFormat.format(a.scope(), "%q", List.of(text)));
      case "squote" -> each(a, text -> "'" + text + "'");
      case "cat" -> each(a, text -> text);
      case "indent" -> indent(a.count(0), a.text(1));
      case "nindent" -> "\n" + indent(a.count(0), a.text(1));
      case "plural" -> a.integer(2) == 1 ? a.get(0) : a.get(1);
      case "regexMatch" -> matcher(a).find();
      case "regexFind" -> found(matcher(a));
      case "regexReplaceAll" -> matcher(a).replaceAll(a.text(2));
      default -> Absent.ABSENT;
    };
  }

  private static String joined(Operands a) {
    StringBuilder out = new StringBuilder();
    a.all().forEach(value -> out.append(a.text(value)));
    return out.toString();
  }

  private static String each(Operands a, UnaryOperator<String> shown) {
    List<String> texts = new ArrayList<>();
    for (Object value : a.all()) {
      if (value != null && value != Absent.ABSENT) {
        texts.add(shown.apply(a.text(value)));
      }
    }
    return String.join(" ", texts);
  }

  /** The text with the characters that mean something in HTML escaped. */
  static String escapeHtml(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&#34;");
        case '\'' -> out.append("&#39;");
        case '\0' -> out.append('\uFFFD');
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private static String quoted(String text) {
    String json = Json.text(text);
    return json.substring(1, json.length() - 1).replace("'", "\\'");
  }

  private static String decoded(String text) {
    try {
      return Bytes.decode(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      // A report shows what is wrong with a text in the place of the text.
      return e.getMessage();
    }
  }

  private static String words(String text, IntUnaryOperator first) {
    StringBuilder out = new StringBuilder();
    boolean start = true;
    for (char c : text.toCharArray()) {
      out.append(start ? (char) first.applyAsInt(c) : c);
      start = Character.isWhitespace(c);
    }
    return out.toString();
  }

  private static String spaced(String text, String separator) {
    return text.replaceAll("([a-z0-9])([A-Z])", "$1" + separator + "$2")
        .replaceAll("[\\s_-]+", separator)
        .toLowerCase(Locale.ROOT);
  }

  private static String trimAll(String set, String text) {
    int from = 0;
    int to = text.length();
    while (from < to && set.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (from < to && set.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }

  private static String truncated(long count, String text) {
    if (count < 0 && text.length() + count > 0) {
      return text.substring((int) (text.length() + count));
    }
    return count >= 0 && count < text.length() ? text.substring(0, (int) count) : text;
  }

  private static String part(long start, long end, String text) {
    int from = (int) Math.max(0, Math.min(start, text.length()));
    int to = end < 0 ? text.length() : (int) Math.min(end, text.length());
    return from >= to ? "" : text.substring(from, to);
  }

  private static String indent(int count, String text) {
    String blanks = " ".repeat(Math.min(count, 1000));
    return blanks + text.replace("\n", "\n" + blanks);
  }

  /** Looks for the pattern that is the first operand in the second one. */
  private static Matcher matcher(Operands a) {
    try {
      return Regexes.compile(a.text(0)).matcher(a.scope().watched(a.text(1)));
    } catch (PatternSyntaxException e) {
      throw new TemplateException(e.getMessage());
    }
  }

  private static String found(Matcher matcher) {
    return matcher.find() ? matcher.group() : "";
  }
}
