package org.minivql.builtin.parse;

import java.util.Base64;
import java.util.Locale;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.format.JsonReader;
import org.minivql.value.Bytes;

/** The value that a cell of VQL's dialect of CSV stands for. */
final class CsvCells {
  private static final String BASE64 = "base64:";

  private CsvCells() {}

  static Object value(String cell) {
    if (cell.isEmpty()) {
      return cell;
    }
    char first = cell.charAt(0);
    if (first == ' ') {
      return cell.substring(1);
    }
    if (first == '{' || first == '[') {
      return json(cell);
    }
    if (cell.equals("true") || cell.equals("false")) {
      return cell.equals("true");
    }
    if (first == 'b' && cell.startsWith(BASE64)) {
      return bytes(cell);
    }
    boolean maybeNumber = first >= '0' && first <= '9' || "+-.iInN".indexOf(first) >= 0;
    return maybeNumber ? number(cell) : cell;
  }

  private static Object json(String cell) {
    try {
      return Json.parse(cell, JsonReader.Style.TIMES);
    } catch (FormatException e) {
      return cell;
    }
  }

  private static Object bytes(String cell) {
    try {
      return Bytes.decode(Base64.getDecoder().decode(cell.substring(BASE64.length())));
    } catch (IllegalArgumentException e) {
      return cell;
    }
  }

  private static Object number(String cell) {
    int digits = cell.charAt(0) == '-' || cell.charAt(0) == '+' ? 1 : 0;
    boolean integer = digits < cell.length();
    boolean decimal = integer;
    for (int i = digits; i < cell.length(); i++) {
      char c = cell.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      integer &= digit;
      decimal &= digit || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-';
    }
    try {
      if (integer) {
        return Long.parseLong(cell);
      }
    } catch (NumberFormatException tooLarge) {
      return Double.parseDouble(cell);
    }
    if (decimal) {
      try {
        return Double.parseDouble(cell);
      } catch (NumberFormatException e) {
        return cell;
      }
    }
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> cell;
    };
  }
}
