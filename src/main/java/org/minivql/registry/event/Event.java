package org.minivql.registry.event;

import java.time.Instant;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/**
 * One event of a queue.
 *
 * @param seq its number within the queue, from 1
 * @param queue {@code Artifact} or {@code Artifact/Source}
 * @param clientId the client it is about, {@code server} for the server's own
 * @param sender who sent it
 * @param at when
 * @param payload the columns without {@code _ts} and {@code _Source}
 * @param origin what made it happen
 * @since 0.1.0
 */
public record Event(
    long seq,
    String queue,
    String clientId,
    String sender,
    Instant at,
    Dict payload,
    Origin origin) {

  /** The row as watchers see it: the payload, then {@code _ts} in seconds, then {@code _Source}. */
  public Dict live() {
    return payload.toBuilder().set("_ts", at.getEpochSecond()).set("_Source", queue).build();
  }

  /** The row as watchers see it, over a shape they all share. */
  Dict live(Shape shape) {
    int n = payload.size();
    Object[] cells = payload.cells(n + 2);
    cells[n] = at.getEpochSecond();
    cells[n + 1] = queue;
    return Dict.over(shape, cells);
  }

  /** The event that this one follows from, or null. */
  public Event cause() {
    return origin.event();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return queue + "#" + seq + " " + payload;
  }
}
