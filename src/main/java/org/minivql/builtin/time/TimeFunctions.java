package org.minivql.builtin.time;

import java.time.Instant;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.Pauses;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Scope;
import org.minivql.value.Timestamp;
import org.minivql.value.time.DateLayout;
import org.minivql.value.time.Times;

/** What time it is, was and will be. */
final class TimeFunctions {
  private static final long MAC_EPOCH = -2_082_844_800L;
  private static final long COCOA_EPOCH = 978_307_200L;
  private static final long WINDOWS_EPOCH = -11_644_473_600L;
  private static final long TICKS = 10_000_000L;

  private TimeFunctions() {}

  @VqlFunction(
      name = "now",
      version = 2,
      doc = "Seconds since 1970, an integer.",
      examples = {"now() > 1000000000 => true", "now(ns=TRUE) / 1000000000 >= now() => true"})
  static Object now(CallContext context, @Arg("Nanoseconds instead of seconds.") boolean ns) {
    Instant now = Pauses.time(context.scope());
    return ns ? now.getEpochSecond() * 1_000_000_000L + now.getNano() : now.getEpochSecond();
  }

  @VqlFunction(
      name = "timestamp",
      version = 2,
      doc =
          "The time a number or text stands for. Numbers are seconds, milli-, micro- or"
              + " nanoseconds by their magnitude; texts are dates in many shapes. NULL where it is"
              + " no time.",
      examples = {
        "timestamp(epoch=1299308889) => \"2011-03-05T07:08:09Z\"",
        "timestamp(epoch=1299308889250) => \"2011-03-05T07:08:09.25Z\"",
        "timestamp(epoch='1299308889') => \"2011-03-05T07:08:09Z\"",
        "timestamp(epoch=0) => \"0001-01-01T00:00:00Z\"",
        "timestamp(string='5 Mar 2011 07:08') => \"2011-03-05T07:08:00Z\"",
        "timestamp(string='05.03.2011', format='02.01.2006') => \"2011-03-05T00:00:00Z\"",
        "timestamp(winfiletime=129437824890000000) => \"2011-03-05T07:08:09Z\"",
        "timestamp(cocoatime=321001689) => \"2011-03-05T07:08:09Z\"",
        "timestamp(mactime=3382153689) => \"2011-03-05T07:08:09Z\"",
        "timestamp(string='soon') => null",
        "timestamp() => null"
      })
  static Object timestamp(
      CallContext context,
      @Arg("A number, a text or a time.") Object epoch,
      @Arg("Seconds since 2001.") long cocoatime,
      @Arg("Seconds since 1904.") long mactime,
      @Arg("Ticks of 100 nanoseconds since 1601; fractions of a second are dropped.")
          long winfiletime,
      @Arg("A date; taken instead of epoch.") String string,
      @Arg("The layout of the text, shown with the reference time 2006-01-02 15:04:05.")
          String format) {
    if (cocoatime > 0) {
      return Timestamp.ofEpochSecond(COCOA_EPOCH + cocoatime);
    }
    if (mactime > 0) {
      return Timestamp.ofEpochSecond(MAC_EPOCH + mactime);
    }
    if (winfiletime > 0) {
      return Timestamp.ofEpochSecond(WINDOWS_EPOCH + winfiletime / TICKS);
    }
    Object value = string == null || string.isEmpty() ? epoch : string;
    if (!(value instanceof String text)) {
      return Times.parse(context.scope(), value);
    }
    return format != null && !format.isEmpty()
        ? laidOut(context.about(), text, format)
        : Times.parse(context.about(), text);
  }

  private static Timestamp laidOut(Scope scope, String text, String format) {
    Instant instant = DateLayout.of(format).parse(text, Times.zone(scope));
    return instant == null ? null : Timestamp.utc(instant);
  }

  @VqlFunction(
      name = "timestamp_format",
      version = 1,
      doc =
          "The time as text in a layout, given by name (RFC3339, RFC1123, Kitchen, ...) or shown with"
              + " the reference time 2006-01-02 15:04:05.",
      examples = {
        "timestamp_format(time=1299308889) => \"2011-03-05T07:08:09Z\"",
        "timestamp_format(time=1299308889, format='RFC1123') => \"Sat, 05 Mar 2011 07:08:09 UTC\"",
        "timestamp_format(time='2011-03-05', format='02/01 (Monday)') => \"05/03 (Saturday)\"",
        "timestamp_format(time='never') => null"
      })
  static Object timestampFormat(
      CallContext context,
      @Arg(value = "A number, a text or a time.", required = true) Object time,
      @Arg(value = "The layout.", defaultValue = "RFC3339") String format) {
    Timestamp at = Times.parse(context.about(), time);
    return at == null
        ? null
        : DateLayout.of(format.isEmpty() ? "RFC3339" : format)
            .format(new Timestamp(at.instant(), Times.zone(context.scope())));
  }
}
