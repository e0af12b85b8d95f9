package org.minivql.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs other processes and times them. */
final class Processes {
  /** What a process wrote and how long it took. */
  record Run(String output, long nanos) {}

  private Processes() {}

  static Run run(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int code = process.waitFor();
    long nanos = System.nanoTime() - start;
    if (code != 0) {
      throw new IllegalStateException(command + " ended with " + code + ": " + output);
    }
    return new Run(output, nanos);
  }

  /** A JVM on a main class of the class path of this one. */
  static List<String> java(String main, String... more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(Arrays.asList(more));
    return command;
  }

  /** The median time of some runs. */
  static long median(int times, List<String> command) throws IOException, InterruptedException {
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      nanos[i] = run(command).nanos();
    }
    Arrays.sort(nanos);
    return nanos[times / 2];
  }
}
