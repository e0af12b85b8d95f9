package org.minivql.sigma.search;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.minivql.sigma.event.EventView;
import org.minivql.sigma.event.Field;
import org.minivql.sigma.reader.Located;
import org.minivql.sigma.reader.RuleException;
import org.minivql.value.Absent;
import org.minivql.value.Bytes;
import org.minivql.value.Lambda;
import org.minivql.value.Timestamp;
import org.minivql.value.Values;
import org.minivql.value.regex.Regexes;
import org.minivql.value.time.Times;

/** The tests that modifiers stand for. */
final class ValueTests {
  private ValueTests() {}

  /** The field is missing or NULL. */
  static ValueTest missing() {
    return (event, field) -> {
      Object value = event.value(field);
      return value == null || value == Absent.ABSENT;
    };
  }

  static ValueTest exists(boolean wanted) {
    return (event, field) -> (event.value(field) != Absent.ABSENT) == wanted;
  }

  /**
   * One of some texts, case counting; a number equals its text.
   *
   * @param numbers those of the wanted values that are numbers
   */
  static ValueTest oneOf(Set<String> texts, List<Long> numbers) {
    String only = texts.size() == 1 ? texts.iterator().next() : null;
    Set<String> wanted = new HashSet<>(texts);
    Long[] others = numbers.toArray(new Long[0]);
    return (event, field) -> {
      String text = event.text(field);
      if (text == null) {
        return false;
      }
      boolean found = only == null ? wanted.contains(text) : only.equals(text);
      return found || others.length > 0 && equalsAny(event, event.value(field), others);
    };
  }

  /** Floats and bools can be equal to integers whatever their text is. */
  private static boolean equalsAny(EventView event, Object value, Long[] numbers) {
    if (value instanceof Double || value instanceof Boolean) {
      for (Long number : numbers) {
        if (event.scope().operators().equal(event.scope(), value, number)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Equal as VQL sees it, or the same text. */
  static ValueTest equal(Object wanted) {
    String wantedText = wanted.toString();
    return (event, field) -> {
      Object value = event.value(field);
      if (value == null || value == Absent.ABSENT) {
        return false;
      }
      return event.scope().operators().equal(event.scope(), value, wanted)
          || event.text(field).equals(event.scope().operators().text(event.scope(), wanted))
          || event.text(field).equals(wantedText);
    };
  }

  /**
   * A part of the text, one of some.
   *
   * @param part {@code contains}, {@code startswith} or {@code endswith}
   * @param cased whether case counts
   */
  static ValueTest part(String part, boolean cased, String... texts) {
    String[] wanted = texts.clone();
    for (int i = 0; i < wanted.length && !cased; i++) {
      wanted[i] = wanted[i].toLowerCase(Locale.ROOT);
    }
    return switch (part) {
      case "startswith" -> (event, field) -> startsWith(found(event, field, cased), wanted);
      case "endswith" -> (event, field) -> endsWith(found(event, field, cased), wanted);
      default -> (event, field) -> contains(found(event, field, cased), wanted);
    };
  }

  private static String found(EventView event, Field field, boolean cased) {
    return cased ? event.text(field) : event.lower(field);
  }

  private static boolean startsWith(String found, String[] wanted) {
    for (int i = 0; i < wanted.length && found != null; i++) {
      if (found.startsWith(wanted[i])) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsWith(String found, String[] wanted) {
    for (int i = 0; i < wanted.length && found != null; i++) {
      if (found.endsWith(wanted[i])) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(String found, String[] wanted) {
    for (int i = 0; i < wanted.length && found != null; i++) {
      if (found.contains(wanted[i])) {
        return true;
      }
    }
    return false;
  }

  /** A text with wildcards, as the standard has them. */
  static ValueTest glob(String comparator, String text, boolean cased) {
    if (!Glob.any(text)) {
      String literal = Glob.literal(text);
      return comparator.isEmpty() ? same(literal, cased) : part(comparator, cased, literal);
    }
    Glob glob =
        Glob.of(
            cased ? text : text.toLowerCase(Locale.ROOT),
            comparator.equals("contains") || comparator.equals("endswith"),
            comparator.equals("contains") || comparator.equals("startswith"));
    return (event, field) -> {
      String found = cased ? event.text(field) : event.lower(field);
      return found != null && glob.matches(found);
    };
  }

  private static ValueTest same(String text, boolean cased) {
    String wanted = cased ? text : text.toLowerCase(Locale.ROOT);
    return (event, field) -> wanted.equals(cased ? event.text(field) : event.lower(field));
  }

  /**
   * A regular expression found anywhere.
   *
   * @param flags such as {@code i}
   */
  static ValueTest regex(Located at, String pattern, String flags) throws RuleException {
    try {
      String prefix = flags.isEmpty() ? "" : "(?" + flags + ")";
      Pattern compiled = Regexes.compile(prefix + Bytes.printable(pattern));
      return (event, field) -> {
        String found = event.text(field);
        return found != null && compiled.matcher(Bytes.printable(found)).find();
      };
    } catch (PatternSyntaxException e) {
      throw at.error("regular expression " + pattern + ": " + e.getDescription());
    }
  }

  static ValueTest network(Located at, String text) throws RuleException {
    Network network = Network.parse(text);
    if (network == null) {
      throw at.error(text + " is not a network");
    }
    return (event, field) -> {
      String found = event.text(field);
      return found != null && network.contains(found);
    };
  }

  /** A comparison of numbers: {@code gt}, {@code gte}, {@code lt} or {@code lte}. */
  static ValueTest compare(Located at, String comparator) throws RuleException {
    Double wanted = number(at.value());
    if (wanted == null) {
      throw at.error(comparator + " needs a number, not " + at.text());
    }
    double limit = wanted;
    return (event, field) -> {
      Double found = number(event.value(field));
      if (found == null) {
        return false;
      }
      return switch (comparator) {
        case "gt" -> found > limit;
        case "gte" -> found >= limit;
        case "lt" -> found < limit;
        default -> found <= limit;
      };
    };
  }

  private static Double number(Object value) {
    if (Values.isNumeric(value)) {
      return Values.toDouble(value);
    }
    if (value instanceof String text) {
      try {
        return Double.valueOf(text.strip());
      } catch (NumberFormatException e) {
        return null;
      }
    }
    return null;
  }

  /** The value of another field of the same event. */
  static ValueTest otherField(Field other, String part, boolean cased) {
    return (event, field) -> {
      String found = cased ? event.text(field) : event.lower(field);
      String wanted = cased ? event.text(other) : event.lower(other);
      if (found == null || wanted == null) {
        return false;
      }
      return switch (part) {
        case "startswith" -> found.startsWith(wanted);
        case "endswith" -> found.endsWith(wanted);
        case "contains" -> found.contains(wanted);
        default -> found.equals(wanted);
      };
    };
  }

  /** A part of a time, in UTC, such as its hour. */
  static ValueTest timePart(Located at, String part) throws RuleException {
    Double wanted = number(at.value());
    if (wanted == null) {
      throw at.error(part + " needs a number, not " + at.text());
    }
    long number = wanted.longValue();
    return (event, field) -> {
      Timestamp time = Times.parse(event.scope(), event.value(field));
      return time != null && partOf(time.dateTime(), part) == number;
    };
  }

  private static int partOf(ZonedDateTime time, String part) {
    return switch (part) {
      case "minute" -> time.getMinute();
      case "hour" -> time.getHour();
      case "day" -> time.getDayOfMonth();
      case "week" -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case "month" -> time.getMonthValue();
      default -> time.getYear();
    };
  }

  /** The truth of a lambda over the value. */
  static ValueTest lambda(Lambda lambda) {
    return (event, field) -> {
      Object value = event.value(field);
      Object result = lambda.call(event.scope(), value == Absent.ABSENT ? null : value);
      return event.scope().operators().truth(event.scope(), Values.reduce(result));
    };
  }

  /** Any of some tests. */
  static ValueTest any(List<ValueTest> tests) {
    if (tests.size() == 1) {
      return tests.get(0);
    }
    ValueTest[] each = tests.toArray(new ValueTest[0]);
    return (event, field) -> {
      for (ValueTest test : each) {
        if (test.test(event, field)) {
          return true;
        }
      }
      return false;
    };
  }
}
