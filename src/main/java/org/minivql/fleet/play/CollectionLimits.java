package org.minivql.fleet.play;

import java.time.Duration;
import java.util.List;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.layout.FlowTimes;
import org.minivql.registry.client.ClientRecord;
import org.minivql.value.Dict;

/**
 * What a collection on a simulated host or the server may take: rows and uploaded bytes of the
 * whole collection, time of each query. What the request says counts before what the artifacts say.
 */
final class CollectionLimits {
  private static final long SECONDS = 600;

  private final String flowId;
  private final long maxRows;
  private final long maxBytes;
  private final long seconds;
  private final HostUploads uploads;
  private final boolean onServer;
  private long rows;
  private Duration waited = Duration.ZERO;
  private String over;
  private boolean cancelled;
  private boolean told;

  CollectionLimits(Dict flow, Dict request, List<Artifact> artifacts, HostUploads uploads) {
    this.flowId = (String) flow.get("session_id");
    this.onServer = flow.get("client_id").equals(ClientRecord.SERVER);
    this.uploads = uploads;
    this.maxRows = limit(request, artifacts, "max_rows", 0);
    this.maxBytes = limit(request, artifacts, "max_upload_bytes", 0);
    this.seconds = limit(request, artifacts, "timeout", SECONDS);
  }

  private static long limit(Dict request, List<Artifact> artifacts, String name, long standard) {
    long limit = FlowTimes.number(request, name);
    for (Artifact artifact : artifacts) {
      limit = limit != 0 ? limit : FlowTimes.number(artifact.resources(), name);
    }
    return limit != 0 ? limit : standard;
  }

  /** The next query has its own time. */
  void begin() {
    waited = Duration.ZERO;
  }

  /** How long the present query has waited: nothing else takes time. */
  Duration waited() {
    return waited;
  }

  /** A row came; false when it was one too many, or too much was uploaded for it. */
  boolean row() {
    rows++;
    return look();
  }

  /** Looks at what was taken so far; false when it is too much. */
  boolean look() {
    if (maxRows > 0 && rows > maxRows) {
      cancel("Row limit exceeded", "Rows " + rows, maxRows);
    } else if (maxBytes > 0 && uploads.bytes() > maxBytes) {
      cancel("Byte limit exceeded", "Upload bytes " + uploads.bytes(), maxBytes);
    }
    return over == null;
  }

  private void cancel(String ofServer, String taken, long limit) {
    cancelled = true;
    if (over == null) {
      over =
          onServer
              ? ofServer
              : taken + " exceeded limit " + limit + " for flow " + flowId + ". Cancelling.";
    }
  }

  /** The query waits for what does not happen while it runs; that takes all its time. */
  void waitForEver() {
    pause(Duration.ofSeconds(seconds + 1));
  }

  /** The host waits, which takes no time here; false when it waited too long. */
  boolean pause(Duration duration) {
    waited = waited.plus(duration);
    if (over == null && waited.compareTo(Duration.ofSeconds(seconds)) > 0) {
      waited = Duration.ofSeconds(seconds);
      over = "Query timed out after " + seconds + " seconds";
    }
    return over == null;
  }

  /** Which limit was met, in the words of the client or server; null while none is. */
  String over() {
    return over;
  }

  /** The same, once. */
  String news() {
    String news = told ? null : over;
    told |= news != null;
    return news;
  }

  /** Whether nothing more is run: a query that timed out is alone with that. */
  boolean cancelled() {
    return cancelled;
  }

  /** A time-out concerns its own query. */
  void end() {
    over = cancelled ? over : null;
    told = cancelled;
  }
}
