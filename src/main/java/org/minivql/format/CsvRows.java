package org.minivql.format;

import java.io.Flushable;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;
import org.minivql.value.text.Text;

/**
 * Rows as CSV that keeps types: what is text but looks like something else gets a leading blank.
 *
 * <p>The columns of a statement are those of its first row; later rows are projected on them.
 */
public final class CsvRows implements RowWriter {
  private static final List<String> LOOKS_TYPED =
      List.of(" ", "{", "[", "true", "false", "inf", "base64:");
  private static final Pattern NO_FINITE =
      Pattern.compile("[+-]?(inf|infinity|nan)", Pattern.CASE_INSENSITIVE);

  private final Appendable out;
  private final char separator;
  private List<String> columns;
  private boolean some;

  /**
   * A writer of comma-separated rows.
   *
   * @param out the target; flushed when it is {@link Flushable}
   */
  public CsvRows(Appendable out) {
    this(out, ',');
  }

  /** A writer with another separator. */
  public CsvRows(Appendable out, char separator) {
    this.out = out;
    this.separator = separator;
  }

  @Override
  public void begin() {
    columns = null;
  }

  @Override
  public void row(Dict row) throws IOException {
    if (columns == null) {
      columns = row.shape().names();
      if (some) {
        out.append('\n');
      }
      some = true;
      for (int i = 0; i < columns.size(); i++) {
        field(i, Bytes.printable(columns.get(i)));
      }
      out.append('\n');
    }
    for (int i = 0; i < columns.size(); i++) {
      field(i, cell(row.get(columns.get(i))));
    }
    out.append('\n');
  }

  @Override
  public void end() {
    // Every line is complete.
  }

  @Override
  public void flush() throws IOException {
    if (out instanceof Flushable target) {
      target.flush();
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }

  private void field(int index, String text) throws IOException {
    if (index > 0) {
      out.append(separator);
    }
    if (!needsQuotes(text)) {
      out.append(text);
      return;
    }
    out.append('"').append(text.replace("\"", "\"\"")).append('"');
  }

  private boolean needsQuotes(String text) {
    if (text.isEmpty()) {
      return false;
    }
    if (Character.isWhitespace(text.codePointAt(0))) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == separator || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  /** The text of a cell before quoting. */
  public static String cell(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof String text) {
      return string(text);
    }
    if (value instanceof Double number) {
      return number(number);
    }
    if (value instanceof Timestamp time) {
      return time.rfc3339();
    }
    if (value instanceof Dict || value instanceof List<?>) {
      return Json.indented(value);
    }
    return value.toString();
  }

  private static String number(double number) {
    if (number == 0 || Double.isNaN(number) || Double.isInfinite(number)) {
      return number == 0 ? "0" : Text.ofDouble(number);
    }
    return (number < 0 ? "-" : "") + Text.shortest(Math.abs(number)).toPlainString();
  }

  private static String string(String text) {
    String printable = Bytes.printable(text);
    if (!printable.equals(text)) {
      return "base64:" + Base64.getEncoder().encodeToString(Bytes.encode(text));
    }
    for (String beginning : LOOKS_TYPED) {
      if (text.startsWith(beginning)) {
        return " " + text;
      }
    }
    return looksLikeNumber(text) || NO_FINITE.matcher(text).matches() ? " " + text : text;
  }

  private static boolean looksLikeNumber(String text) {
    if (text.isEmpty()) {
      return false;
    }
    char first = text.charAt(0);
    if (first != '+' && first != '-' && first != '.' && (first < '0' || first > '9')) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
