package org.minivql.format;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.minivql.value.IntegerText;
import org.minivql.value.Unsigned;

/** What an unquoted scalar of YAML 1.1 means. Dates stay strings. */
final class YamlScalars {
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private YamlScalars() {}

  /** The value: null, Boolean, Long, Double or the text itself. */
  static Object resolve(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> null;
      case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> true;
      case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" -> false;
      case ".nan", ".NaN", ".NAN" -> Double.NaN;
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
      case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
      default -> number(text);
    };
  }

  private static Object number(String text) {
    char first = text.charAt(0);
    if (!(first >= '0' && first <= '9') && "+-.".indexOf(first) < 0) {
      return text;
    }
    String plain = text.replace("_", "");
    BigInteger integer = IntegerText.parse(plain);
    if (integer != null
        && Unsigned.of(integer) instanceof Number number
        && !(number instanceof Double)) {
      return number;
    }
    return FLOAT.matcher(plain).matches() ? (Object) Double.parseDouble(plain) : text;
  }
}
