package org.minivql.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minivql.testing.Jvm;
import org.minivql.testing.Reliability;

/** Runs Jazzer on the targets one after the other. */
public final class Main {
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
    for (Targets target : Targets.values()) {
      if (only.isEmpty() || only.equals(target.name())) {
        fuzz(target, arguments[0]);
      }
    }
  }

  private static void fuzz(Targets target, String seconds) throws Exception {
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
            Class.forName("com.code_intelligence.jazzer.Jazzer"),
            "--target_class=" + Jazzed.class.getName(),
            "--instrumentation_includes=org.minivql.**",
            "--reproducer_path=" + folder,
            "-artifact_prefix=" + folder + "/",
            "-max_total_time=" + seconds,
            "-rss_limit_mb=0",
            "-timeout=30",
            corpus.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String done = "";
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = out.readLine()) != null) {
        System.out.println(name + ": " + line);
        Matcher matcher = DONE.matcher(line);
        done = matcher.find() ? matcher.group(1) + " inputs in " + matcher.group(2) + " s" : done;
      }
    }
    if (process.waitFor() != 0 || done.isEmpty()) {
      throw new IOException("fuzzing " + name + " failed: see " + folder);
    }
    Reliability.record("Fuzzing (Jazzer): " + name, done, "no exception, no hang");
  }
}
