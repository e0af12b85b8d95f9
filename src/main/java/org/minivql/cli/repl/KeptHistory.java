package org.minivql.cli.repl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jline.reader.LineReader;
import org.minivql.cli.io.FileErrors;

/**
 * What was typed, in a file. Where the file does not work that is said once, and the shell goes on.
 */
final class KeptHistory {
  private final LineReader reader;
  private final Path file;
  private final Screen screen;
  private boolean kept;

  /**
   * The history of a line editor.
   *
   * @param file the file, or null to keep nothing
   */
  KeptHistory(LineReader reader, Path file, Screen screen) {
    this.reader = reader;
    this.file = file;
    this.screen = screen;
  }

  /** Reads what earlier sessions left. */
  void load() {
    if (file == null) {
      return;
    }
    kept = true;
    // Without a file yet: the line editor would tell its own log what is wrong with it.
    reader.getHistory().attach(reader);
    reader.setVariable(LineReader.HISTORY_FILE, file);
    attempt(() -> reader.getHistory().load());
    save();
  }

  /** Writes what was typed since the last time. */
  void save() {
    if (kept) {
      attempt(() -> reader.getHistory().save());
    }
  }

  private void attempt(Access access) {
    try {
      access.run();
    } catch (IOException e) {
      giveUp(FileErrors.reason(e));
    } catch (UncheckedIOException e) {
      giveUp(FileErrors.reason(e.getCause()));
    } catch (IllegalArgumentException e) {
      giveUp("it is no history");
    }
  }

  private void giveUp(String reason) {
    kept = false;
    screen.note("what is typed is not kept in " + file + ": " + reason);
  }

  /** Something that may fail on the file. */
  private interface Access {
    void run() throws IOException;
  }
}
