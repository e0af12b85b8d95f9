package org.minivql.cli.repl;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.minivql.cli.output.RowPrinter;
import org.minivql.value.Bytes;

/** What the shell shows: rows, log lines and messages. */
final class Screen {
  private static final AttributedStyle ERROR =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
  private static final AttributedStyle WARNING =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
  private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();

  private final Terminal terminal;
  private final boolean coloured;

  /**
   * A screen.
   *
   * @param coloured whether messages stand out by their colours
   */
  Screen(Terminal terminal, boolean coloured) {
    this.terminal = terminal;
    this.coloured = coloured;
  }

  /** A printer of rows as wide as the terminal is now. */
  RowPrinter rows(String format) {
    OutputStream shared =
        new FilterOutputStream(terminal.output()) {
          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
          }

          @Override
          public void close() throws IOException {
            flush();
          }
        };
    return new RowPrinter(format, shared, width());
  }

  /** The columns of the terminal as it is now. */
  int width() {
    return terminal.getSize().getColumns();
  }

  /** Text as it is. */
  void show(String text) {
    terminal.writer().print(text);
    terminal.flush();
  }

  /** What went wrong. */
  void error(String message) {
    line(message, ERROR);
  }

  /** A remark of the shell itself. */
  void note(String message) {
    line(message, FAINT);
  }

  /** A line of a query's log. */
  void log(String line) {
    if (!line.startsWith("DEBUG:")) {
      line(line, line.startsWith("ERROR:") ? ERROR : line.startsWith("WARN:") ? WARNING : FAINT);
    }
  }

  private void line(String message, AttributedStyle style) {
    AttributedStyle shown = coloured ? style : AttributedStyle.DEFAULT;
    AttributedString text = new AttributedString(Bytes.printable(message), shown);
    terminal.writer().println(text.toAnsi(terminal));
    terminal.flush();
  }
}
