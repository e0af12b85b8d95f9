package org.minivql.builtin.number;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Timestamp;
import org.minivql.value.text.Sizes;
import org.minivql.value.time.Times;

/** Numbers and times as people say them. */
final class Humanize {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long WEEK = 7 * DAY;
  private static final long MONTH = 30 * DAY;
  private static final long YEAR = 12 * MONTH;

  /**
   * How a span of time is said.
   *
   * @param below it is shorter than this many seconds
   * @param text the words; a number may stand in them
   * @param unit seconds of one unit of the number
   */
  private record Span(long below, String text, long unit) {}

  private static final List<Span> SPANS =
      List.of(
          new Span(1, "now", 1),
          new Span(2, "1 second %s", 1),
          new Span(MINUTE, "%d seconds %s", 1),
          new Span(2 * MINUTE, "1 minute %s", 1),
          new Span(HOUR, "%d minutes %s", MINUTE),
          new Span(2 * HOUR, "1 hour %s", 1),
          new Span(DAY, "%d hours %s", HOUR),
          new Span(2 * DAY, "1 day %s", 1),
          new Span(WEEK, "%d days %s", DAY),
          new Span(2 * WEEK, "1 week %s", 1),
          new Span(MONTH, "%d weeks %s", WEEK),
          new Span(2 * MONTH, "1 month %s", 1),
          new Span(YEAR, "%d months %s", MONTH),
          new Span(18 * MONTH, "1 year %s", 1),
          new Span(2 * YEAR, "2 years %s", 1),
          new Span(37 * YEAR, "%d years %s", YEAR),
          new Span(Long.MAX_VALUE, "a long while %s", 1));

  private Humanize() {}

  @VqlFunction(
      name = "humanize",
      version = 2,
      doc =
          "A size, a number or a time as text for people: the first of time, comma, bytes and"
              + " ibytes that is given.",
      onError = ErrorValue.FALSE,
      logName = "Humanize",
      examples = {
        "humanize(bytes=2500) => \"2.5 kB\"",
        "humanize(bytes=71303168) => \"71 MB\"",
        "humanize(ibytes=71303168) => \"68 MiB\"",
        "humanize(comma=-7654321) => \"-7,654,321\"",
        "humanize() => \"0 B\"",
        "humanize(time=now() - 7200) => \"2 hours ago\""
      })
  static Object humanize(
      CallContext context,
      @Arg("A size, shown in units of 1000.") long bytes,
      @Arg("A size, shown in units of 1024.") long ibytes,
      @Arg("A time, shown relative to now.") Timestamp time,
      @Arg("A number, shown with separators.") long comma) {
    if (time != null && !time.equals(Times.ZERO)) {
      return relative(time.instant(), context.scope().clock().instant());
    }
    if (comma != 0) {
      return String.format(Locale.ROOT, "%,d", comma);
    }
    return bytes != 0 ? Sizes.decimal(bytes) : Sizes.binary(ibytes);
  }

  static String relative(Instant time, Instant now) {
    Duration distance = Duration.between(time, now);
    String direction = distance.isNegative() ? "from now" : "ago";
    long seconds = distance.abs().getSeconds();
    Span span = SPANS.get(0);
    for (int i = 1; seconds >= span.below() && i < SPANS.size(); i++) {
      span = SPANS.get(i);
    }
    return span.text().replace("%d", Long.toString(seconds / span.unit())).replace("%s", direction);
  }
}
