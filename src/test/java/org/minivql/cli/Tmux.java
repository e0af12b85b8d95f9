package org.minivql.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real pseudo-terminal with a screen that can be read. */
final class Tmux implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Path socket;

  /**
   * A terminal of 90 columns and 24 lines.
   *
   * @param directory where its socket goes
   * @param script the shell script that runs in it
   */
  Tmux(Path directory, Path script) throws IOException {
    this.socket = directory.resolve("s");
    run("-f", "/dev/null", "new-session", "-d", "-x", "90", "-y", "24", "sh " + quote(script));
  }

  static boolean isInstalled() {
    try {
      return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A word for a shell. */
  static String quote(Object text) {
    return "'" + text.toString().replace("'", "'\\''") + "'";
  }

  String run(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  void type(String... keys) throws IOException {
    List<String> command = new ArrayList<>(List.of("send-keys"));
    command.addAll(List.of(keys));
    run(command.toArray(new String[0]));
  }

  /** What the screen shows. */
  String screen() throws IOException {
    return run("capture-pane", "-p", "-J").stripTrailing();
  }

  /** What the screen shows, with the codes of its colours. */
  String coloured() throws IOException {
    return run("capture-pane", "-p", "-e").stripTrailing();
  }

  /** The screen, as soon as it has the text. */
  String await(String text) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    String screen = "";
    while (System.nanoTime() < end) {
      screen = screen();
      if (screen.contains(text)) {
        return screen;
      }
    }
    throw new AssertionError("waited for <" + text + "> and saw\n" + screen);
  }

  /** Returns as soon as the screen does not have the text. */
  void awaitGone(String text) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (screen().contains(text)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("<" + text + "> does not go away\n" + screen());
      }
    }
  }

  @Override
  public void close() throws IOException {
    run("kill-server");
  }
}
