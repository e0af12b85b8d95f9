package org.minivql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.format.Json;
import org.minivql.testing.Reliability;
import org.minivql.value.Limit;

/** One engine and many threads: the same answers as alone, and nothing left behind. */
class ConcurrencyTest {
  private static final List<String> PROGRAMS =
      List.of(
          "SELECT substr(str=str(str=_value), start=0, end=1) AS M, count() AS C, sum(item=_value) AS S FROM range(end=2000)"
              + " GROUP BY M ORDER BY S DESC",
          "LET T <= SELECT _value AS N, format(format='%05d', args=_value) AS K"
              + " FROM range(end=3000) SELECT K FROM T WHERE N =~ '77' ORDER BY K DESC",
          "LET F(x) = if(condition=x > 0, then=x + F(x=x - 1), else=0) SELECT F(x=150) AS S"
              + " FROM scope()",
          "SELECT sum(item=B) AS S, count() AS C FROM foreach(row={SELECT * FROM range(end=300)},"
              + " query={SELECT _value * 2 AS B FROM scope()}, workers=4) GROUP BY 1",
          "SELECT * FROM parse_csv(filename=Dir + '/a.csv') WHERE N =~ '50$'",
          "SELECT N FROM parse_jsonl(filename=Dir + '/a.jsonl') WHERE N =~ '50$'",
          "SELECT hash(path=OSPath).SHA256 AS H, Name FROM glob(globs='/*.csv', root=Dir)",
          "SELECT read_file(filename=OSPath, accessor='zip') AS T FROM glob(globs='/**',"
              + " accessor='zip', root=pathspec(DelegateAccessor='file', DelegatePath=Dir + '/a.zip'))"
              + " WHERE NOT IsDir",
          "SELECT len(list=read_file(filename=Dir + '/a.gz', accessor='gzip')) AS L FROM scope()",
          "SELECT sum(item=a) AS S FROM sqlite(file=Dir + '/a.db', query='SELECT a FROM t')"
              + " GROUP BY 1",
          "SELECT regex_replace(source='a1b22c333', re='[0-9]+', replace='<$0>') AS R,"
              + " parse_json(data='{\"a\":[1,2,{\"b\":3}]}').a[2].b AS J,"
              + " timestamp(epoch=1700000000) AS T, rand(range=1000) AS X FROM scope()",
          "SELECT * FROM query(query='SELECT A + _value AS B FROM range(end=5)', env=dict(A=10))",
          "LET D <= tempdir() LET W <= tempfile(data='x') SELECT read_file(filename=W) AS X"
              + " FROM scope()",
          "SELECT enumerate(items=_value) AS E FROM range(end=50) GROUP BY _value > 20");

  /** Programs that go on until they are ended. */
  private static final List<String> ENDLESS =
      List.of(
          "SELECT * FROM foreach(row={SELECT * FROM range(end=1000000000)}, workers=4,"
              + " query={SELECT read_file(filename=Dir + '/a.csv') AS X FROM scope()})",
          "SELECT * FROM foreach(row={SELECT * FROM range(end=1000000000)},"
              + " query={SELECT * FROM sqlite(file=Dir + '/a.db', query='SELECT a FROM t')})",
          "SELECT * FROM foreach(row={SELECT * FROM range(end=1000000000)}, query={SELECT N FROM"
              + " foreach(row={SELECT * FROM parse_csv(filename=Dir + '/a.csv')},"
              + " query={SELECT * FROM parse_jsonl(filename=Dir + '/a.jsonl')})})",
          "SELECT _value FROM range(end=1000000000) ORDER BY _value DESC",
          "SELECT _value FROM range(end=1000000000) GROUP BY _value",
          "LET X <= SELECT _value FROM range(end=1000000000) SELECT * FROM X",
          "SELECT * FROM clock(period=1)",
          "SELECT sleep(time=1000000) FROM scope()",
          "SELECT * FROM sqlite(file=Dir + '/a.db', query='WITH RECURSIVE c(x) AS (SELECT 1 UNION"
              + " ALL SELECT x + 1 FROM c) SELECT max(x) FROM c')",
          "SELECT * FROM foreach(row={SELECT * FROM range(end=1000000000)}, workers=3, query={"
              + "SELECT hash(path=OSPath, accessor='zip') AS H FROM glob(globs='/**', accessor='zip',"
              + " root=pathspec(DelegateAccessor='file', DelegatePath=Dir + '/a.zip'))})",
          "SELECT * FROM foreach(row={SELECT * FROM range(end=1000000000)},"
              + " query={SELECT tempfile(data='x') AS T FROM scope()})",
          "SELECT * FROM watch_jsonl(filename=Dir + '/a.jsonl')",
          "SELECT 'x' * 40000000 =~ '(a|b|x)*y$' AS X FROM range(end=1000000000)");

  @TempDir Path folder;
  private Vql engine;

  @BeforeEach
  void files() throws IOException, SQLException {
    StringBuilder csv = new StringBuilder("N,T\n");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      csv.append(i).append(",text ").append(i).append('\n');
      lines.append("{\"N\":").append(i).append("}\n");
    }
    Files.writeString(folder.resolve("a.csv"), csv);
    Files.writeString(folder.resolve("a.jsonl"), lines);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.gz")))) {
      out.write(csv.toString().getBytes());
    }
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("a.zip")))) {
      for (String name : List.of("x.txt", "y/z.txt")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes());
      }
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("a.db"));
        var statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t(a INTEGER)");
      statement.executeUpdate("INSERT INTO t VALUES(1),(2),(3)");
    }
    engine =
        Vql.builder()
            .clock(Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC))
            .service(Accessors.class, new StandardAccessors(FileRoots.below(List.of(folder), null)))
            .build();
  }

  private QueryOptions options() {
    return QueryOptions.defaults()
        .withSeed(7)
        .withMemoryBudget(1 << 20)
        .withEnv(Map.of("Dir", folder.toString()));
  }

  private List<String> rows(Program program) {
    List<String> rows = new ArrayList<>();
    Execution execution = program.start(options());
    try (execution) {
      RunResult result = execution.run(row -> rows.add(Json.text(row)));
      assertThat(result.limit()).isNull();
    }
    assertNothingHeld(execution);
    return rows;
  }

  private static void assertNothingHeld(Execution execution) {
    for (Limit limit : List.of(Limit.BYTES, Limit.THREADS, Limit.FILES)) {
      assertThat(execution.held(limit)).as(limit.name()).isZero();
    }
  }

  private long mixed(int threads, Duration time) throws Exception {
    List<Program> programs = PROGRAMS.stream().map(engine::compile).toList();
    List<List<String>> alone = programs.stream().map(this::rows).toList();
    assertThat(alone).noneMatch(List::isEmpty);
    AtomicLong runs = new AtomicLong();
    long end = System.nanoTime() + time.toNanos();
    together(
        threads,
        random -> {
          do {
            int i = random.nextInt(programs.size());
            assertThat(rows(programs.get(i))).as(PROGRAMS.get(i)).isEqualTo(alone.get(i));
            runs.incrementAndGet();
          } while (System.nanoTime() < end && !Thread.currentThread().isInterrupted());
        });
    return runs.get();
  }

  /** Work of one thread. */
  private interface Work {
    void run(SplittableRandom random) throws Exception;
  }

  private static void together(int threads, Work work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        SplittableRandom random = new SplittableRandom(t);
        Callable<Void> call =
            () -> {
              work.run(random);
              return null;
            };
        all.add(pool.submit(call));
      }
      for (Future<?> one : all) {
        one.get();
      }
      pool.shutdown();
      assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      // Does nothing where all went well; otherwise the failure is what counts.
      pool.shutdownNow();
    }
  }

  private long cancelled(int threads, int times) throws Exception {
    AtomicLong runs = new AtomicLong();
    together(
        threads,
        random -> {
          for (int i = 0; i < times; i++) {
            String text = ENDLESS.get((int) (runs.getAndIncrement() % ENDLESS.size()));
            Execution execution = engine.compile(text).start(options());
            long micros = random.nextInt(60_000);
            Thread canceller =
                new Thread(
                    () -> {
                      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
                      execution.cancel();
                    });
            canceller.start();
            try (execution) {
              RunResult result = execution.run(row -> true);
              assertThat(result.cancelled()).as(text).isTrue();
            }
            canceller.join();
            assertNothingHeld(execution);
          }
        });
    return runs.get();
  }

  /** Whatever the engine started ends by itself soon; whatever it opened is closed at once. */
  private static void assertNothingLeft(long filesBefore, Set<String> temporaryBefore)
      throws IOException {
    Set<String> left = temporaryFiles();
    left.removeAll(temporaryBefore);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    // Other processes of the machine have temporary files, too; theirs go away meanwhile.
    while ((engineThreads() > 0 || !left.isEmpty()) && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      left.retainAll(temporaryFiles());
    }
    assertThat(engineThreads()).as("threads").isZero();
    assertThat(openFiles()).as("open files").isLessThanOrEqualTo(filesBefore);
    assertThat(left).as("temporary files").isEmpty();
  }

  private static long engineThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("vql-"))
        .count();
  }

  /** Open files of this process in the test's folder or for temporary data, where one can see. */
  private static long openFiles() throws IOException {
    Path table = Path.of("/proc/self/fd");
    if (!Files.isDirectory(table)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(table)) {
      return files.filter(ConcurrencyTest::isData).count();
    }
  }

  private static boolean isData(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.matches(".*/(vql[0-9]+[./]|tmp[0-9]+|a\\.(csv|jsonl|zip|gz|db)).*");
    } catch (IOException e) {
      // Closed since the folder was read.
      return false;
    }
  }

  private static Set<String> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("vql[0-9]+(\\..*)?"))
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  @Test
  @Timeout(120)
  void fourThreadsGetTheSameAnswersAsOne() throws Exception {
    long files = openFiles();
    Set<String> temporary = temporaryFiles();
    assertThat(mixed(4, Duration.ZERO)).isPositive();
    assertNothingLeft(files, temporary);
  }

  @Test
  @Timeout(120)
  void cancelledRunsLeaveNothing() throws Exception {
    long files = openFiles();
    Set<String> temporary = temporaryFiles();
    cancelled(2, ENDLESS.size());
    assertNothingLeft(files, temporary);
  }

  @Tag("soak")
  @Test
  void sixteenThreadsGetTheSameAnswersAsOneForMinutes() throws Exception {
    long files = openFiles();
    Set<String> temporary = temporaryFiles();
    long runs = mixed(16, Duration.ofMinutes(5));
    assertNothingLeft(files, temporary);
    Reliability.record(
        "Concurrency: one engine, 16 threads, mixed programs",
        "5 minutes, " + runs + " runs of " + PROGRAMS.size() + " programs",
        "the same rows as alone; no thread, file or claim left");
  }

  @Tag("soak")
  @Test
  void cancellationAtAnyMomentLeavesNothing() throws Exception {
    long files = openFiles();
    Set<String> temporary = temporaryFiles();
    long runs = cancelled(16, 250);
    assertNothingLeft(files, temporary);
    Reliability.record(
        "Cancellation: 16 threads, endless programs, random moments",
        runs + " times, " + ENDLESS.size() + " programs",
        "each ended; no thread, file, cursor or claim left");
  }
}
