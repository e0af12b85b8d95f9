package org.minivql.builtin.outside;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/** A process whose output becomes rows; closing it kills it and its children. */
final class RunningCommand implements AutoCloseable {
  private static final Shape ROW = Shape.of("Stdout", "Stderr", "ReturnCode", "Complete");
  private static final int CHUNK = 1 << 16;
  private static final long LONGEST_LOOK_MILLIS = 16;

  private final Scope scope;
  private final Process process;
  private final byte[] chunk = new byte[CHUNK];

  private RunningCommand(Scope scope, Process process) {
    this.scope = scope;
    this.process = process;
  }

  /** Starts a program with nothing to read. */
  static RunningCommand start(Scope scope, ProcessBuilder command) throws IOException {
    RunningCommand running = new RunningCommand(scope, command.start());
    try {
      running.process.getOutputStream().close();
      return running;
    } catch (IOException e) {
      running.close();
      throw e;
    }
  }

  /**
   * Sends rows until the process has ended and its output is read, or no more are wanted. Nothing
   * here blocks on the output: what the children of a process keep open may never end.
   */
  void rows(Sink out, byte[] separator, long length) throws IOException {
    OutputPieces stdout = new OutputPieces(scope, separator, length);
    OutputPieces stderr = new OutputPieces(scope, new byte[0], length);
    Sink pieces = piece -> out.row(Dict.over(ROW, piece, "", 0L, false));
    Sink errors = piece -> out.row(Dict.over(ROW, "", piece, 0L, false));
    long look = 1;
    while (scope.alive()) {
      boolean ended = !process.isAlive();
      int read = read(process.getInputStream());
      if (!stdout.add(chunk, read, pieces)) {
        return;
      }
      int more = read(process.getErrorStream());
      if (!stderr.add(chunk, more, errors)) {
        return;
      }
      if (read + more > 0) {
        look = 1;
      } else if (ended) {
        out.row(Dict.over(ROW, stdout.rest(), stderr.rest(), (long) process.exitValue(), true));
        return;
      } else if (!await(look)) {
        return;
      } else {
        look = Math.min(look * 2, LONGEST_LOOK_MILLIS);
      }
    }
  }

  private int read(InputStream in) throws IOException {
    int ready = in.available();
    return ready == 0 ? 0 : Math.max(0, in.read(chunk, 0, Math.min(ready, CHUNK)));
  }

  private boolean await(long millis) {
    try {
      process.waitFor(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    kill(process.toHandle());
    process.getInputStream().close();
    process.getErrorStream().close();
  }

  /** First the parent, which then starts no more; its children are found only while it lives. */
  private static void kill(ProcessHandle parent) {
    List<ProcessHandle> children = parent.children().toList();
    parent.destroyForcibly();
    children.forEach(RunningCommand::kill);
  }
}
