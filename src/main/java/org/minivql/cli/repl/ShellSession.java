package org.minivql.cli.repl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minivql.analysis.Spelling;
import org.minivql.cli.io.FileErrors;
import org.minivql.cli.output.ReferencePage;
import org.minivql.cli.output.RowPrinter;
import org.minivql.format.Json;
import org.minivql.spi.Signature;
import org.minivql.syntax.SyntaxException;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;

/** Takes what was typed, one complete text after the other. */
final class ShellSession {
  private final Shell shell;
  private final Screen screen;
  private final Path directory;
  private final List<String> done = new ArrayList<>();
  private String format = "table";
  private boolean timed;

  ShellSession(Shell shell, Screen screen, Path directory) {
    this.shell = shell;
    this.screen = screen;
    this.directory = directory;
  }

  /** Runs a text or a command; false when the author wants to leave. */
  boolean take(String typed) {
    String text = typed.strip();
    if (text.isEmpty()) {
      return true;
    }
    if (text.matches("\\.?(quit|exit)")) {
      return false;
    }
    try {
      if (text.equals("help")) {
        help();
      } else if (Completeness.isCommand(text)) {
        command(text);
      } else {
        run(text);
      }
    } catch (IOException e) {
      screen.error(String.valueOf(e.getMessage()));
    } catch (SyntaxException e) {
      screen.error(e.getMessage());
    } catch (RuntimeException e) {
      screen.error("internal error: " + e);
    }
    return true;
  }

  private void command(String text) throws IOException {
    int blank = text.indexOf(' ');
    String name = blank < 0 ? text : text.substring(0, blank);
    String argument = blank < 0 ? "" : text.substring(blank + 1).strip();
    switch (name) {
      case ".help" -> help();
      case ".doc" -> doc(argument);
      case ".env" -> environment(argument);
      case ".format" -> format(argument);
      case ".fleet" -> fleet(argument);
      case ".load" -> run(Bytes.decode(content(argument)));
      case ".save" -> save(argument);
      case ".time" -> time(argument);
      case ".explain" -> explain(argument);
      default -> {
        String near = Spelling.closest(name, ShellCommands.names());
        String hint = near == null ? "; .help lists them" : "; did you mean " + near + "?";
        screen.error("unknown command " + name + hint);
      }
    }
  }

  private byte[] content(String name) throws IOException {
    if (name.isEmpty()) {
      throw new IOException("name a file");
    }
    Path path = directory.resolve(name);
    if (Files.isDirectory(path)) {
      throw new IOException("cannot read " + name + ": it is a directory");
    }
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new IOException("cannot read " + name + ": " + FileErrors.reason(e), e);
    }
  }

  private void help() {
    StringBuilder out = new StringBuilder();
    for (ShellCommands.Entry entry : ShellCommands.ALL) {
      out.append(String.format("  %-19s %s%n", entry.name() + " " + entry.argument(), entry.doc()));
    }
    screen.show(out + "  Enter runs a complete statement; a blank line runs what stands there.\n");
  }

  private void doc(String name) throws IOException {
    if (name.isEmpty()) {
      throw new IOException("name a function, plugin or artifact");
    }
    Signature function = shell.vocabulary().function(name);
    Signature plugin = shell.vocabulary().plugin(name);
    plugin = plugin == null ? shell.vocabulary().plugin("Artifact." + name) : plugin;
    if (function == null && plugin == null) {
      List<String> names = new ArrayList<>(shell.vocabulary().functions());
      names.addAll(shell.vocabulary().plugins());
      names.addAll(shell.vocabulary().artifacts());
      screen.error("nothing is called " + name + Spelling.hint(name, names));
    }
    if (function != null) {
      screen.show(ReferencePage.of(function));
    }
    if (plugin != null) {
      screen.show(ReferencePage.of(plugin));
    }
  }

  private void environment(String argument) {
    int equals = argument.indexOf('=');
    if (equals > 0) {
      shell.set(argument.substring(0, equals).strip(), argument.substring(equals + 1).strip());
    } else if (argument.isEmpty()) {
      for (Map.Entry<String, Object> entry : shell.environment().entrySet()) {
        screen.show(entry.getKey() + " = " + Json.text(entry.getValue()) + "\n");
      }
    } else {
      screen.error("write .env NAME=VALUE");
    }
  }

  private void fleet(String name) throws IOException {
    shell.fleet(name.isEmpty() ? null : directory.resolve(name));
    screen.note(name.isEmpty() ? "on no fleet" : "on the fleet " + name);
  }

  private void format(String name) {
    if (ShellCommands.isFormat(name)) {
      format = name;
    } else if (name.isEmpty()) {
      screen.note(format);
    } else {
      screen.error("no format " + name + ": it is one of table, json, jsonl and csv");
    }
  }

  private void time(String argument) {
    if (!argument.matches("|on|off")) {
      screen.error("write .time on or .time off");
      return;
    }
    timed = argument.isEmpty() ? !timed : argument.equals("on");
    screen.note("times are " + (timed ? "shown" : "not shown"));
  }

  private void save(String name) throws IOException {
    if (name.isEmpty()) {
      throw new IOException("name a file");
    }
    String all = String.join("\n\n", done) + "\n";
    try {
      Files.write(directory.resolve(name), all.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new IOException("cannot write " + name + ": no such directory", e);
    } catch (IOException e) {
      throw new IOException("cannot write " + name + ": " + FileErrors.reason(e), e);
    }
    screen.note("saved " + done.size() + (done.size() == 1 ? " text" : " texts") + " to " + name);
  }

  private void explain(String text) throws IOException {
    try (Rows rows = new Rows(screen.rows(format))) {
      screen.show(shell.explain(text, screen.width(), rows));
    }
  }

  private void run(String text) throws IOException {
    long start = System.nanoTime();
    Rows rows = new Rows(screen.rows(format));
    try (rows) {
      shell.run(text, rows);
    }
    done.add(text);
    if (timed) {
      long millis = (System.nanoTime() - start) / 1_000_000;
      screen.note(rows.count() + " rows in " + millis + " ms");
    }
  }

  /** Passes rows on to a printer and log lines to the screen. */
  private final class Rows implements Shell.Output, AutoCloseable {
    private final RowPrinter printer;
    private IOException failure;

    Rows(RowPrinter printer) {
      this.printer = printer;
    }

    long count() {
      return printer.count();
    }

    @Override
    public void begin() {
      attempt(printer::begin);
    }

    @Override
    public boolean row(Dict row) {
      return attempt(() -> printer.row(row));
    }

    @Override
    public void end() {
      attempt(printer::end);
    }

    @Override
    public void log(String line) {
      screen.log(line);
    }

    private boolean attempt(Writing writing) {
      try {
        if (failure == null) {
          writing.run();
        }
      } catch (IOException e) {
        // Reported when the run is over; until then it stops the run.
        failure = e;
      }
      return failure == null;
    }

    @Override
    public void close() throws IOException {
      if (failure != null) {
        throw failure;
      }
      printer.close();
    }
  }

  /** Something that may fail to be written. */
  private interface Writing {
    void run() throws IOException;
  }
}
