package org.minivql.artifact;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.minivql.format.Json;
import org.minivql.value.Dict;
import org.minivql.value.text.Sizes;

/**
 * What a client writes into the log of a flow while it runs one request: levels and texts, in the
 * order in which the methods are called.
 *
 * @since 0.1.0
 */
public final class CollectionLog {
  private final Request request;
  private final Supplier<Duration> time;
  private final BiConsumer<String, String> out;

  /**
   * The log of one request.
   *
   * @param request what runs
   * @param time how long it has run so far
   * @param out takes the level and the message of each line
   */
  public CollectionLog(Request request, Supplier<Duration> time, BiConsumer<String, String> out) {
    this.request = request;
    this.time = time;
    this.out = out;
  }

  /** The request is about to run. */
  public void starting() {
    String name = request.queries().get(0).name();
    out.accept("INFO", "Starting query execution for " + name + ".\n");
  }

  /** Its precondition does not hold. */
  public void skipping() {
    out.accept("INFO", artifact() + ": Skipping query due to preconditions\n");
  }

  /** The rows of one of its queries, which now starts. */
  public Parts parts(Request.Query query, Batch batch) {
    return new Parts(query.name(), batch);
  }

  /** So many files were uploaded; nothing is said of none. */
  public void uploaded(long files) {
    if (files > 0) {
      out.accept("DEFAULT", artifact() + ": Uploaded " + files + " files.");
    }
  }

  /** The request is over, whichever way. */
  public void done() {
    out.accept("INFO", "Collection " + artifact() + " is done after " + text(time.get()) + "\n");
  }

  /**
   * What its queries did.
   *
   * @param rows how many rows they looked at
   * @param plugins how many calls of plugins there were
   * @param functions how many calls of functions
   */
  public void statistics(long rows, long plugins, long functions) {
    // Nothing is searched for a protocol here and no scope is copied, where a client counts that.
    Dict stats =
        Dict.of(
            "RowsScanned", rows,
            "PluginsCalled", plugins,
            "FunctionsCalled", functions,
            "ProtocolSearch", 0L,
            "ScopeCopy", 0L);
    out.accept("DEBUG", "Query Stats: " + Json.text(stats) + "\n");
  }

  private String artifact() {
    return request.artifact().name();
  }

  /** A span of time in units from hours down, the least one with its fraction. */
  private static String text(Duration span) {
    long minutes = span.toMinutes();
    if (minutes == 0 && span.getSeconds() == 0) {
      long nanos = span.getNano();
      return nanos == 0
          ? "0s"
          : nanos < 1000
              ? nanos + "ns"
              : nanos < 1_000_000 ? part(nanos, 3) + "µs" : part(nanos, 6) + "ms";
    }
    String seconds = part(span.minusMinutes(minutes).toNanos(), 9) + "s";
    String hours = span.toHours() > 0 ? span.toHours() + "h" : "";
    return minutes == 0 ? seconds : hours + minutes % 60 + "m" + seconds;
  }

  private static String part(long nanos, int digits) {
    return nanos == 0
        ? "0"
        : BigDecimal.valueOf(nanos, digits).stripTrailingZeros().toPlainString();
  }

  /**
   * When a client sends the rows that it has.
   *
   * @param rows as soon as it has so many
   * @param bytes or more bytes of JSON
   * @param patience or has waited so long
   */
  public record Batch(long rows, long bytes, Duration patience) {
    /**
     * What a request asks for, else what the artifact does, else what is usual.
     *
     * @param spec the artifact's part of the request
     */
    public static Batch of(Dict spec, Artifact artifact) {
      Dict own = artifact.resources();
      return new Batch(
          number(spec, own, "max_batch_rows", 1000),
          number(spec, own, "max_batch_rows_buffer", 5 * 1024 * 1024),
          Duration.ofSeconds(number(spec, own, "max_batch_wait", 100)));
    }

    private static long number(Dict spec, Dict own, String name, long usual) {
      long asked = number(spec, name);
      long given = asked > 0 ? asked : number(own, name);
      return given > 0 ? given : usual;
    }

    private static long number(Dict dict, String name) {
      return dict.get(name) instanceof Number number ? number.longValue() : 0;
    }
  }

  /** The rows of a query in the parts in which they are sent. */
  public final class Parts {
    private final String name;
    private final Batch batch;
    private final Duration start;
    private Duration last;
    private long number;
    private long rows;
    private long bytes;

    private Parts(String name, Batch batch) {
      this.name = name;
      this.batch = batch;
      this.start = time.get();
      this.last = start;
    }

    /** A row came. */
    public void row(String json) {
      look();
      rows++;
      bytes += json.getBytes(StandardCharsets.UTF_8).length + 1L;
      if (rows >= batch.rows() || bytes > batch.bytes()) {
        last = time.get();
        send(last);
      }
    }

    /** No more rows come. */
    public void end() {
      look();
      send(time.get());
    }

    /** What has waited long enough is sent when it has. */
    private void look() {
      Duration waited = time.get().minus(last);
      if (waited.compareTo(batch.patience()) >= 0) {
        send(last.plus(batch.patience()));
        last = last.plus(batch.patience().multipliedBy(waited.dividedBy(batch.patience())));
      }
    }

    private void send(Duration at) {
      if (rows > 0) {
        String part =
            ": Time %d: %s: Sending response part %d %s (%d rows)."
                .formatted(at.minus(start).getSeconds(), name, number, Sizes.decimal(bytes), rows);
        out.accept("DEFAULT", artifact() + part);
        number++;
        rows = 0;
        bytes = 0;
      }
    }
  }
}
