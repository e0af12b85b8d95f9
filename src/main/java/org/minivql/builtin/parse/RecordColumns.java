package org.minivql.builtin.parse;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Shape;

/** Fields of records and the names of their columns, which stay over all files of a call. */
final class RecordColumns {
  private final Scope scope;
  private final Pattern separator;
  private final long most;
  private final boolean headers;
  private Shape shape;

  RecordColumns(Scope scope, Pattern separator, Long most, List<String> names, boolean headers) {
    this.scope = scope;
    this.separator = separator;
    this.most = most == null || most <= 0 ? Long.MAX_VALUE : most;
    this.headers = headers && names.isEmpty();
    this.shape = names.isEmpty() ? null : unique(names);
  }

  /** The row of a record, or null where it names the columns. */
  Dict row(String record) {
    List<String> fields = split(record);
    if (shape == null && headers) {
      List<String> names = new ArrayList<>();
      for (String field : fields) {
        names.add(field.replaceAll("[^a-zA-Z0-9]", "_"));
      }
      shape = unique(names);
      return null;
    }
    if (shape == null) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < fields.size(); i++) {
        names.add("Column" + i);
      }
      shape = Shape.of(names);
    }
    Object[] cells = new Object[shape.size()];
    for (int i = 0; i < cells.length && i < fields.size(); i++) {
      cells[i] = fields.get(i);
    }
    return Dict.over(shape, cells);
  }

  /** A name that was there already gets a number. */
  private static Shape unique(List<String> names) {
    List<String> all = new ArrayList<>();
    for (String name : names) {
      String next = name;
      for (int i = 1; all.contains(next); i++) {
        next = name + i;
      }
      all.add(next);
    }
    return Shape.of(all);
  }

  private List<String> split(String record) {
    List<String> fields = new ArrayList<>();
    Matcher matcher = separator.matcher(scope.watched(record));
    int from = 0;
    while (fields.size() + 1 < most && matcher.find()) {
      // An empty match at the start of a field separates nothing.
      if (matcher.end() == 0
          || matcher.start() == matcher.end() && matcher.end() == record.length()) {
        continue;
      }
      fields.add(record.substring(from, matcher.start()));
      from = matcher.end();
    }
    fields.add(record.substring(from));
    return fields;
  }
}
