package org.minivql.builtin.parse;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Times;
import org.minivql.value.Timestamp;

/** Turns the rows of a result into dicts; the declared type of a column decides about times. */
final class SqliteRows {
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
      dict.replace(names.get(i), cells[i]);
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
      Timestamp time = Times.parse(null, text);
      return time == null ? text : time;
    }
    return cell;
  }

  private static Object declared(long number, String type) {
    if (type.equals("BOOLEAN")) {
      return number > 0;
    }
    return isTime(type) ? Times.ofNumber(number) : (Object) number;
  }

  private static boolean isTime(String type) {
    return type.equals("DATE") || type.equals("DATETIME") || type.equals("TIMESTAMP");
  }
}
