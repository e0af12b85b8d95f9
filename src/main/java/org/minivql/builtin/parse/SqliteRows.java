package org.minivql.builtin.parse;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Timestamp;
import org.minivql.value.time.Times;

/** Turns the rows of a result into dicts; the declared type of a column decides about times. */
final class SqliteRows {
  private static final long MILLIS_FROM = 1_000_000_000_000L;
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)"
              + "(?:[ T](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)([+-]\\d\\d:\\d\\d)?)?Z?");

  private final Shape shape;
  private final List<String> names = new ArrayList<>();
  private final List<String> types = new ArrayList<>();

  SqliteRows(ResultSetMetaData columns) throws SQLException {
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
      String type = columns.getColumnTypeName(i);
      types.add(type == null ? "" : type.toUpperCase(Locale.ROOT));
    }
    shape = names.stream().distinct().count() == names.size() ? Shape.of(names) : null;
  }

  Dict row(ResultSet row) throws SQLException {
    Object[] cells = new Object[names.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = value(row.getObject(i + 1), types.get(i));
    }
    if (shape != null) {
      return Dict.over(shape, cells);
    }
    Dict.Builder dict = Dict.builder();
    for (int i = 0; i < cells.length; i++) {
      dict.set(names.get(i), cells[i]);
    }
    return dict.build();
  }

  private static Object value(Object cell, String type) {
    if (cell instanceof Integer || cell instanceof Long) {
      return declared(((Number) cell).longValue(), type);
    }
    if (cell instanceof Number number) {
      return number.doubleValue();
    }
    if (cell instanceof byte[] blob) {
      return Bytes.decode(blob);
    }
    if (cell instanceof String text && isTime(type)) {
      return time(text);
    }
    return cell;
  }

  /** A time in one of the ways SQLite writes them; what is none of them is the zero time. */
  private static Timestamp time(String text) {
    Matcher parts = TIME.matcher(text);
    if (!parts.matches()) {
      return Times.ZERO;
    }
    try {
      LocalDate day = LocalDate.parse(parts.group(1));
      LocalTime time =
          parts.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(parts.group(2));
      ZoneOffset zone = parts.group(3) == null ? ZoneOffset.UTC : ZoneOffset.of(parts.group(3));
      return Timestamp.utc(day.atTime(time).toInstant(zone));
    } catch (DateTimeException e) {
      return Times.ZERO;
    }
  }

  private static Object declared(long number, String type) {
    if (type.equals("BOOLEAN")) {
      return number > 0;
    }
    if (!isTime(type)) {
      return number;
    }
    // Large numbers are milliseconds.
    return Timestamp.utc(
        Math.abs(number) > MILLIS_FROM
            ? Instant.ofEpochMilli(number)
            : Instant.ofEpochSecond(number));
  }

  private static boolean isTime(String type) {
    return type.equals("DATE") || type.equals("DATETIME") || type.equals("TIMESTAMP");
  }
}
