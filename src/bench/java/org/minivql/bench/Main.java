package org.minivql.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs all measurements, prints one table and writes it as JSON. */
public final class Main {
  private static final String SCALE = "scale-";
  private static final int CLIENTS = 100_000;
  private static final String LABEL_RUNS = "7";

  private final List<Result> results = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final String only;

  private Main(String only) {
    this.only = only;
  }

  /**
   * Measures.
   *
   * @param arguments where the JSON goes; then optionally a regular expression of workloads
   */
  public static void main(String[] arguments) throws Exception {
    Main main = new Main(arguments.length > 1 ? arguments[1] : "");
    main.measure();
    main.report(Path.of(arguments[0]));
  }

  private boolean wanted(String name) {
    return only.isEmpty() || name.matches(".*(?:" + only + ").*");
  }

  private void measure() throws RunnerException, IOException, InterruptedException {
    List<String> names = new ArrayList<>(Workloads.COUNTED);
    names.add(2, Workloads.PARALLEL);
    names.removeIf(name -> !wanted(name));
    workloads(names, 5, 5);
    if (names.contains(Workloads.PARALLEL) && names.contains(Workloads.SINGLE)) {
      parallel();
    }
    List<String> large = new ArrayList<>();
    for (String kind : List.of(SCALE, Workloads.COUNTED_UP)) {
      for (int rows = 10_000; rows <= 10_000_000; rows *= 10) {
        large.add(kind + rows);
      }
    }
    large.add(Workloads.FILE);
    large.removeIf(name -> !wanted(name));
    if (large.contains(Workloads.FILE)) {
      EventFile.file();
    }
    workloads(large, 3, 3);
    if (wanted("11-jsonl")) {
      memory();
    }
    if (wanted("12-labels")) {
      labels();
    }
    if (wanted(Workloads.SIGMA)) {
      sigma(Workloads.SIGMA, 4, 5);
    }
    if (wanted(Workloads.RULES)) {
      sigma(Workloads.RULES, 1, 3);
    }
    if (wanted("14-evtx")) {
      evtx();
    }
    if (wanted("corpus")) {
      corpus();
    }
    if (wanted("cancellation")) {
      cancellation();
    }
    if (wanted("start-up")) {
      startUp();
    }
  }

  private void workloads(List<String> names, int warmup, int iterations) throws RunnerException {
    if (names.isEmpty()) {
      return;
    }
    List<RunResult> runs = new ArrayList<>(run(names, "", 1, warmup, iterations));
    for (String name : names) {
      Workload workload = Workloads.of(name);
      double ours = score(runs, name, "ours") / workload.rows();
      results.add(
          new Result(name, workload.rows(), ours, score(runs, name, "byHand") / workload.rows()));
      System.out.println(results.get(results.size() - 1).line());
    }
  }

  private static Collection<RunResult> run(
      List<String> names, String side, int threads, int warmup, int iterations)
      throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(WorkloadBenchmark.class.getName() + "." + side)
        .param("workload", names.toArray(new String[0]))
        .threads(threads)
        .warmupIterations(warmup)
        .warmupTime(TimeValue.milliseconds(1500))
        .measurementIterations(iterations)
        .measurementTime(TimeValue.seconds(1))
        .forks(1)
        .shouldDoGC(true)
        .verbosity(VerboseMode.SILENT)
        .jvmArgs(
            "-Xms2g",
            "-Xmx2g",
            "-XX:+UseParallelGC",
            "-Dbench.dir=" + System.getProperty("bench.dir", "target"));
    return new Runner(options.build()).run();
  }

  /**
   * Work on two cores at once, beside what the machine has to give: two runs that have nothing to
   * do with each other, each on a thread of its own.
   */
  private void parallel() throws RunnerException {
    double single = of(Workloads.SINGLE).ours();
    List<RunResult> runs = new ArrayList<>(run(List.of(Workloads.SINGLE), "ours", 2, 5, 5));
    double both = score(runs, Workloads.SINGLE, "ours") / of(Workloads.SINGLE).rows() / 2;
    results.add(new Result("2-foreach-two-at-once", 2 * of(Workloads.SINGLE).rows(), both, single));
    notes.add(
        String.format(
            Locale.ROOT,
            "3-foreach-workers: %.2f times as fast as 2-foreach; two runs of that at once: %.2f",
            single / of(Workloads.PARALLEL).ours(),
            single / both));
  }

  private Result of(String name) {
    return results.stream()
        .filter(result -> result.workload().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void cancellation() throws IOException, InterruptedException {
    List<String> java = Processes.java(Cancellation.class.getName());
    java.replaceAll(flag -> flag.equals("-XX:+UseSerialGC") ? "-XX:+UseParallelGC" : flag);
    java.addAll(1, List.of("-Xms4g", "-Xmx4g"));
    for (String line : Processes.run(java).output().split("\\R")) {
      String[] parts = line.split(" ");
      double median = Double.parseDouble(parts[1]);
      double longest = Double.parseDouble(parts[2]);
      results.add(new Result("cancellation-" + parts[0], 1, median, Double.NaN));
      notes.add(
          String.format(
              Locale.ROOT,
              "cancellation, %s: median %.2f ms, longest %.2f ms",
              parts[0],
              median / 1e6,
              longest / 1e6));
    }
  }

  private static double score(List<RunResult> runs, String workload, String side) {
    for (RunResult run : runs) {
      if (run.getParams().getParam("workload").equals(workload)
          && run.getPrimaryResult().getLabel().equals(side)) {
        return run.getPrimaryResult().getScore();
      }
    }
    throw new IllegalStateException("no result for " + workload);
  }

  private void memory() throws IOException, InterruptedException {
    List<String> command = Processes.java(Memory.class.getName(), EventFile.program());
    command.add(1, "-Xmx40m");
    long bytes = Long.parseLong(Processes.run(command).output());
    notes.add("11-jsonl: peak memory of the process %d MB".formatted(bytes >> 20));
  }

  private void labels() throws IOException, InterruptedException {
    List<String> command =
        Processes.java(LabelRule.class.getName(), String.valueOf(CLIENTS), LABEL_RUNS);
    command.addAll(1, List.of("-Xms2g", "-Xmx2g"));
    String[] outcome = Processes.run(command).output().split(" ");
    double nanos = Double.parseDouble(outcome[0]);
    results.add(new Result("12-labels", CLIENTS, nanos, Double.parseDouble(outcome[1])));
    notes.add(
        String.format(
            Locale.ROOT,
            "12-labels: %.0f completions/s, %s bytes of heap a client, %s labelled",
            1e9 / nanos,
            outcome[2],
            outcome[3]));
  }

  private void sigma(String name, int warmup, int iterations) throws RunnerException {
    workloads(List.of(name), warmup, iterations);
    Result result = results.get(results.size() - 1);
    notes.add(String.format(Locale.ROOT, "%s: %.0f events/s", name, 1e9 / result.ours()));
  }

  private void evtx() throws IOException {
    List<Path> logs = EventLogFile.logs();
    if (logs.isEmpty()) {
      notes.add("14-evtx: no event logs, set -Dvql.shared.dir");
      return;
    }
    Result result = EventLogFile.run("14-evtx-bytes", logs);
    results.add(result);
    notes.add(String.format(Locale.ROOT, "14-evtx: %.0f MB/s", 1e3 / result.ours()));
  }

  private void corpus() throws IOException, InterruptedException {
    Path file = Corpus.file();
    if (file == null) {
      notes.add("corpus: not there, set -Dvql.shared.dir");
      return;
    }
    List<String> java = Processes.java(Corpus.class.getName(), file.toString());
    String[] warm = Processes.run(java).output().split(" ");
    java.add("once");
    double wall = Processes.median(3, java) / 1e9;
    double bytes = Long.parseLong(warm[0]);
    double cold = Long.parseLong(warm[2]);
    double best = Long.parseLong(warm[3]);
    results.add(new Result("corpus-bytes-cold-warm", (long) bytes, cold / bytes, best / bytes));
    notes.add(
        String.format(
            Locale.ROOT,
            "corpus: %.0f bytes, %s programs refused, %.2f s in a fresh JVM (%.2f s in all),"
                + " %.1f MB/s when warm",
            bytes,
            warm[1],
            cold / 1e9,
            wall,
            bytes * 1e3 / best));
  }

  private void startUp() throws IOException, InterruptedException {
    Path launcher = Path.of(System.getProperty("bench.dir", "target"), "vql").toAbsolutePath();
    if (!Files.exists(launcher)) {
      notes.add("start-up: no launcher");
      return;
    }
    List<String> ours = List.of(launcher.toString(), "query", "SELECT 1 FROM scope()");
    long vql = Processes.median(11, ours);
    long empty = Processes.median(11, Processes.java(Nothing.class.getName()));
    results.add(new Result("start-up", 1, vql, empty));
  }

  private void report(Path json) throws IOException {
    System.out.printf(
        "%n%-28s %10s %14s %14s %8s%n", "workload", "rows", "ns/row", "by hand", "ratio");
    results.forEach(result -> System.out.println(result.line()));
    List<Result> counted =
        results.stream()
            .filter(result -> Workloads.COUNTED.contains(result.workload()))
            .collect(Collectors.toList());
    if (!counted.isEmpty()) {
      double logs = counted.stream().mapToDouble(r -> Math.log(r.ratio())).average().orElse(0);
      double worst = counted.stream().mapToDouble(Result::ratio).max().orElse(0);
      System.out.printf(Locale.ROOT, "%ngeometric mean %.2f, worst %.2f%n", Math.exp(logs), worst);
    }
    notes.forEach(System.out::println);
    Files.writeString(
        json,
        results.stream().map(Result::json).collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n")));
  }
}
