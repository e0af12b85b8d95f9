package org.minivql.builtin.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.minivql.registry.ServerModel;
import org.minivql.registry.event.Rule;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Sink;
import org.minivql.value.Timestamp;
import org.minivql.value.time.Times;

/** Reading what is stored, as several calls do it. */
final class Stored {
  private static final Shape REMOVED = Shape.of("client_id", "type", "vfs_path", "error");

  private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private Stored() {}

  /** One thing that was, or would be, removed. */
  static Dict removed(String clientId, String type, String path) {
    return Dict.over(REMOVED, clientId, type, path, "");
  }

  /**
   * Writes a file of the file store.
   *
   * @return the SHA-256 of its content
   */
  static String write(ServerModel server, List<String> path, InputStream content) {
    try (OutputStream out = server.files().create(path);
        DigestOutputStream digested =
            new DigestOutputStream(out, MessageDigest.getInstance("SHA-256"))) {
      content.transferTo(digested);
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (IOException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static void events(
      CallContext call,
      ServerModel server,
      String clientId,
      String queue,
      Object startTime,
      Object endTime,
      long startRow,
      Sink out) {
    long[] seen = new long[1];
    server
        .quirks()
        .warn(
            "Q-02",
            Rule.of(call.scope()).name(),
            null,
            "_ts is in milliseconds when events are read back, in seconds while they are live");
    server
        .events()
        .read(
            clientId,
            queue,
            from(call, startTime),
            to(call, endTime),
            row -> seen[0]++ < startRow || out.row(row));
  }

  /** The beginning of a range; the beginning of time where it is not given. */
  static Instant from(CallContext call, Object time) {
    return instant(call, time, Instant.EPOCH);
  }

  /** The end of a range; the end of time where it is not given. */
  static Instant to(CallContext call, Object time) {
    return instant(call, time, LAST);
  }

  private static Instant instant(CallContext call, Object time, Instant otherwise) {
    if (time == null || time == Absent.ABSENT || time.equals("")) {
      return otherwise;
    }
    Timestamp parsed = Times.parse(call.scope(), time);
    return parsed == null ? otherwise : inMillis(parsed.instant());
  }

  /** The nearest time that milliseconds can count. */
  private static Instant inMillis(Instant time) {
    return time.isAfter(LAST) ? LAST : time.isBefore(FIRST) ? FIRST : time;
  }

  /** A variable of the caller's scope where it is text, else the empty text. */
  static String text(CallContext call, String variable) {
    return call.scope().resolve(variable) instanceof String text ? text : "";
  }

  /** A variable of the caller's scope where it is an integer, else 0. */
  static long number(CallContext call, String variable) {
    return call.scope().resolve(variable) instanceof Long number ? number : 0;
  }
}
