package org.minivql.builtin.parse;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.minivql.format.CsvReader;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/** The columns of a CSV file, as given or as its first record says. */
final class CsvTable {
  private static final char MARK = '\uFEFF';

  private final char separator;
  private final int comment;
  private final boolean numbered;
  private final List<String> given;
  private List<String> names;
  private Shape shape;

  CsvTable(char separator, int comment, boolean numbered, List<String> given) {
    this.separator = separator;
    this.comment = comment;
    this.numbered = numbered;
    this.given = given;
  }

  /** A reader of one more file with these columns. */
  CsvReader reader(Reader in) throws IOException {
    return new CsvReader(new Unmarked(in), separator, comment);
  }

  /** The row of a record, or null where the record only names the columns. */
  Dict row(List<String> fields) {
    if (names == null && given.isEmpty() && !numbered) {
      use(fields);
      return null;
    }
    if (names == null) {
      List<String> all = new ArrayList<>(given);
      for (int i = all.size(); i < fields.size(); i++) {
        all.add("Col" + i);
      }
      use(all.subList(0, fields.size()));
    }
    if (shape == null) {
      Dict.Builder row = Dict.builder();
      for (int i = 0; i < names.size(); i++) {
        row.set(names.get(i), cell(fields, i));
      }
      return row.build();
    }
    Object[] cells = new Object[names.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cell(fields, i);
    }
    return Dict.over(shape, cells);
  }

  private static Object cell(List<String> fields, int i) {
    return i < fields.size() ? CsvCells.value(fields.get(i)) : "";
  }

  /** Repeated names leave no common shape: the last of them wins, in its place. */
  private void use(List<String> columns) {
    names = List.copyOf(columns);
    shape = names.stream().distinct().count() == names.size() ? Shape.of(names) : null;
  }

  /** Text without the byte order mark that it may start with. */
  private static final class Unmarked extends Reader {
    private final Reader in;
    private boolean started;

    Unmarked(Reader in) {
      this.in = in;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      int n = in.read(buffer, offset, length);
      if (!started && n > 0) {
        started = true;
        if (buffer[offset] == MARK) {
          System.arraycopy(buffer, offset + 1, buffer, offset, n - 1);
          return n == 1 ? in.read(buffer, offset, length) : n - 1;
        }
      }
      return n;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
