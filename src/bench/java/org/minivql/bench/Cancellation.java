package org.minivql.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.minivql.Execution;
import org.minivql.Program;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.value.Limit;

/** How long a query goes on after it was cancelled, by what it is busy with. */
final class Cancellation {
  private static final int TIMES = 21;
  private static final String SPILLED = "sort-in-files";
  private static final int SMALL = 1 << 26;

  /** Each time the query is busy for longer, so that all that it does is met. */
  private static final long BUSY_MILLIS = 40;

  private static final Map<String, String> PROGRAMS = new LinkedHashMap<>();

  static {
    PROGRAMS.put("regex", "SELECT 'x' * 40000000 =~ '(a|b|x)*y$' AS X FROM range(end=1000000000)");
    PROGRAMS.put("sort", "SELECT _value FROM range(end=3000000) ORDER BY _value DESC");
    PROGRAMS.put(SPILLED, "SELECT _value FROM range(end=1000000000) ORDER BY _value DESC");
    PROGRAMS.put("group", "SELECT _value FROM range(end=1000000000) GROUP BY _value");
    PROGRAMS.put("sleep", "SELECT sleep(time=1000000) FROM scope()");
    PROGRAMS.put(
        "workers",
        "SELECT * FROM foreach(row={SELECT * FROM range(end=1000000000)}, workers=4,"
            + " query={SELECT sleep(ms=_value) FROM scope()})");
  }

  private Cancellation() {}

  /** Prints for each the name, the median and the longest in nanoseconds. */
  public static void main(String[] arguments) throws InterruptedException {
    Vql engine = Vql.builder().build();
    for (Map.Entry<String, String> program : PROGRAMS.entrySet()) {
      List<Long> times = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        QueryOptions options = QueryOptions.defaults().withoutLimit(Limit.BYTES);
        times.add(
            time(
                engine.compile(program.getValue()),
                program.getKey().equals(SPILLED) ? options.withMemoryBudget(SMALL) : options,
                (i + 1) * BUSY_MILLIS));
      }
      Collections.sort(times);
      System.out.println(
          program.getKey() + " " + times.get(TIMES / 2) + " " + times.get(TIMES - 1));
    }
  }

  private static long time(Program program, QueryOptions options, long busy)
      throws InterruptedException {
    Execution execution = program.start(options);
    CountDownLatch begun = new CountDownLatch(1);
    AtomicLong ended = new AtomicLong();
    Thread thread =
        new Thread(
            () -> {
              begun.countDown();
              execution.run(row -> true);
              ended.set(System.nanoTime());
            },
            "query");
    thread.start();
    begun.await();
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(busy));
    long cancelled = System.nanoTime();
    execution.cancel();
    thread.join();
    execution.close();
    return ended.get() - cancelled;
  }
}
