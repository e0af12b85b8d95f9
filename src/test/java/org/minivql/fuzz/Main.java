package org.minivql.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minivql.testing.Jvm;
import org.minivql.testing.Reliability;

/** Runs Jazzer on the targets, as many at once as there are processors. */
public final class Main {
  private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";
  private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");

  private Main() {}

  /**
   * Fuzzes.
   *
   * @param arguments how many seconds for each target, 0 for ever; the name of a target, or nothing
   *     for all of them
   */
  public static void main(String[] arguments) throws Exception {
    String only = arguments.length > 1 ? arguments[1].toUpperCase(Locale.ROOT) : "";
    List<Targets> targets =
        only.isEmpty() ? List.of(Targets.values()) : List.of(Targets.valueOf(only));
    fuzz(targets, arguments[0], System.out::println);
  }

  /** Whether the fuzzer is on the class path. */
  static boolean isThere() {
    try {
      Class.forName(JAZZER, false, Main.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * Fuzzes some targets.
   *
   * @param out takes what the fuzzer prints, line by line
   * @throws IOException when an input made a target fail
   */
  static void fuzz(List<Targets> targets, String seconds, Consumer<String> out) throws Exception {
    // Those that run for ever do not wait for each other.
    int atOnce = seconds.equals("0") ? targets.size() : Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(atOnce);
    Set<Process> running = ConcurrentHashMap.newKeySet();
    try {
      List<Future<?>> all = new ArrayList<>();
      for (Targets target : targets) {
        Callable<Void> call =
            () -> {
              fuzz(target, seconds, out, running);
              return null;
            };
        all.add(pool.submit(call));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
      running.forEach(Process::destroy);
    }
  }

  private static void fuzz(
      Targets target, String seconds, Consumer<String> out, Set<Process> running) throws Exception {
    String name = target.name().toLowerCase(Locale.ROOT);
    Path folder = Path.of("target", "fuzz", name).toAbsolutePath();
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    int number = 0;
    for (byte[] input : target.corpus()) {
      Files.write(corpus.resolve("seed-" + number++), input);
    }
    List<String> command =
        Jvm.command(
            List.of("-Xmx1g", "-XX:+EnableDynamicAgentLoading", "-Dfuzz.target=" + target),
            Class.forName(JAZZER),
            "--target_class=" + Jazzed.class.getName(),
            "--instrumentation_includes=org.minivql.**",
            "--reproducer_path=" + folder,
            "-artifact_prefix=" + folder + "/",
            "-max_total_time=" + seconds,
            "-rss_limit_mb=0",
            "-timeout=30",
            corpus.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    running.add(process);
    String done = "";
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = lines.readLine()) != null) {
        out.accept(name + ": " + line);
        Matcher matcher = DONE.matcher(line);
        done = matcher.find() ? matcher.group(1) + " inputs in " + matcher.group(2) + " s" : done;
      }
    } finally {
      process.destroy();
      running.remove(process);
    }
    if (process.waitFor() != 0 || done.isEmpty()) {
      throw new IOException("fuzzing " + name + " failed: see " + folder);
    }
    Reliability.record("Fuzzing (Jazzer): " + name, done, "no exception, no hang");
  }
}
