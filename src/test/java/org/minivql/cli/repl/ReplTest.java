package org.minivql.cli.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.spi.Signature;
import org.minivql.value.Dict;

class ReplTest {
  /** Typed on a screen, reads as the end of what is typed. */
  private static final String END = "";

  @TempDir Path directory;

  private final Recorder shell = new Recorder();

  /** A shell that answers every text with one row: the text itself. */
  private static final class Recorder implements Shell, Vocabulary {
    final List<String> texts = new ArrayList<>();
    final Map<String, Object> environment = new LinkedHashMap<>();

    @Override
    public Vocabulary vocabulary() {
      return this;
    }

    @Override
    public Map<String, Object> environment() {
      return environment;
    }

    @Override
    public void set(String name, Object value) {
      environment.put(name, value);
    }

    @Override
    public void run(String text, Output output) {
      texts.add(text);
      output.begin();
      output.log("ERROR:a problem");
      output.row(Dict.of("Text", text));
      output.end();
    }

    @Override
    public void fleet(Path folder) throws IOException {
      throw new IOException("no fleet in " + folder);
    }

    @Override
    public String explain(String text, int width, Output output) {
      return "plan of " + text;
    }

    @Override
    public void cancel() {
      throw new AssertionError("nothing runs");
    }

    @Override
    public void close() {
      throw new AssertionError("the shell belongs to the caller");
    }

    @Override
    public Collection<String> functions() {
      return List.of();
    }

    @Override
    public Collection<String> plugins() {
      return List.of();
    }

    @Override
    public Signature function(String name) {
      return null;
    }

    @Override
    public Signature plugin(String name) {
      return null;
    }

    @Override
    public Collection<String> artifacts() {
      return List.of();
    }

    @Override
    public Collection<String> variables() {
      return List.of();
    }
  }

  private String type(String... lines) throws IOException {
    return type(null, lines);
  }

  private String type(Path history, String... lines) throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    byte[] typed = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    try (Terminal terminal =
        new DumbTerminal(
            "test", "dumb", new ByteArrayInputStream(typed), shown, StandardCharsets.UTF_8)) {
      terminal.setSize(Size.of(60, 20));
      new Repl(shell, terminal, history, directory).run();
    }
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void linesAreCollectedUntilAStatementIsComplete() throws IOException {
    String shown = type("SELECT *", "FROM info(", ")", "LET X = 1");

    assertThat(shell.texts).containsExactly("SELECT *\nFROM info(\n)", "LET X = 1");
    assertThat(shown).contains("ERROR:a problem").contains("LET X = 1\n");
  }

  @Test
  void quitLeaves() throws IOException {
    type(".quit", "LET X = 1");

    assertThat(shell.texts).isEmpty();
  }

  @Test
  void soDoTheWordsOfOtherShells() throws IOException {
    type("exit", "LET X = 1");
    type("quit", "LET X = 1");

    assertThat(shell.texts).isEmpty();
  }

  @Test
  void aReadThatIsBrokenOffEndsNothing() throws IOException {
    try (Terminal terminal = screen("LET X", END, " = 1\r", END, END, "LET Y = 2\r.quit\r")) {
      new Repl(shell, terminal, null, directory).run();
    }

    assertThat(shell.texts).containsExactly("LET X = 1", "LET Y = 2");
  }

  @Test
  void theKeyOfTheEndLeavesAtOnce() throws IOException {
    try (Terminal terminal = screen("LET X = 1\r\u0004", "LET Y = 2\r.quit\r")) {
      new Repl(shell, terminal, null, directory).run();
    }

    assertThat(shell.texts).containsExactly("LET X = 1");
  }

  @Test
  void aTerminalThatIsGoneLeaves() throws IOException {
    try (Terminal terminal = screen("LET X = 1\r")) {
      new Repl(shell, terminal, null, directory).run();
    }

    assertThat(shell.texts).containsExactly("LET X = 1");
  }

  /** A terminal on which these are typed; {@link #END} reads as the end of its input, once. */
  private static Terminal screen(String... typed) throws IOException {
    Iterator<InputStream> parts =
        Arrays.stream(typed)
            .map(part -> part.getBytes(StandardCharsets.UTF_8))
            .<InputStream>map(ByteArrayInputStream::new)
            .iterator();
    InputStream in =
        new InputStream() {
          private InputStream part = InputStream.nullInputStream();

          @Override
          public int read() throws IOException {
            int next = part.read();
            if (next < 0 && parts.hasNext()) {
              part = parts.next();
              next = part.read();
            }
            return next;
          }
        };
    Terminal terminal =
        new DumbTerminal(
            "test", "xterm", in, OutputStream.nullOutputStream(), StandardCharsets.UTF_8);
    terminal.setSize(Size.of(60, 20));
    Attributes keys = terminal.getAttributes();
    keys.setControlChar(Attributes.ControlChar.VEOF, '\u0004');
    terminal.setAttributes(keys);
    return terminal;
  }

  @Test
  void helpFitsAnOrdinaryTerminal() throws IOException {
    assertThat(type(".help").lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void aHistoryThatCannotBeKeptIsToldOnce() throws IOException {
    Files.writeString(directory.resolve("file"), "");
    Path below = directory.resolve("file/history");
    String shown = type(below, "LET X = 1", "LET Y = 2");

    assertThat(shown).containsOnlyOnce("what is typed is not kept in " + below + ": ");
    assertThat(shown).doesNotContain("\tat ");
    assertThat(shell.texts).containsExactly("LET X = 1", "LET Y = 2");
    assertThat(type(directory, "LET Z = 3")).containsOnlyOnce("not kept in " + directory);
  }

  @Test
  void whatIsTypedIsKeptWhenItRuns() throws IOException {
    Path history = directory.resolve("history");
    type(history, "LET X = 1");
    type(history, "LET Y = 2", "exit");

    assertThat(history).hasContent("LET X = 1\nLET Y = 2\nexit\n");
  }

  @Test
  void formatChangesHowRowsAreShown() throws IOException {
    assertThat(type(".format jsonl", "LET X = 1")).contains("{\"Text\":\"LET X = 1\"}");
    assertThat(type(".format xml")).contains("no format xml");
  }

  @Test
  void variablesAreSetAndShown() throws IOException {
    assertThat(type(".env Name=a b", ".env")).contains("Name = \"a b\"");
    assertThat(shell.environment).containsEntry("Name", "a b");
  }

  @Test
  void textsAreSavedAndLoaded() throws IOException {
    type("LET X = 1", "LET Y = 2", ".save all.vql");
    assertThat(directory.resolve("all.vql")).hasContent("LET X = 1\n\nLET Y = 2\n");

    Files.writeString(directory.resolve("other.vql"), "LET Z = 3");
    type(".load other.vql");
    assertThat(shell.texts).endsWith("LET Z = 3");
    assertThat(type(".load .")).contains("cannot read .: it is a directory");
    assertThat(type(".save no/such/place"))
        .contains("cannot write no/such/place: no such directory");
    assertThat(type(".load missing.vql")).contains("cannot read missing.vql: no such file");
  }

  @Test
  void plansAndHelpAreShown() throws IOException {
    assertThat(type(".explain SELECT * FROM x()")).contains("plan of SELECT * FROM x()");
    assertThat(type(".help")).contains(".explain STATEMENT");
    assertThat(type(".doc nothing")).contains("nothing is called nothing");
    assertThat(type(".fleet here")).contains("no fleet in " + directory.resolve("here"));
    assertThat(type(".qit")).contains("unknown command .qit; did you mean .quit?");
    assertThat(type(".nothing")).contains("unknown command .nothing; .help lists them");
    assertThat(type(".doc")).contains("name a function, plugin or artifact");
    assertThat(type(".time maybe")).contains("write .time on or .time off");
    assertThat(type("help")).contains(".explain STATEMENT");
    assertThat(shell.texts).isEmpty();
  }
}
