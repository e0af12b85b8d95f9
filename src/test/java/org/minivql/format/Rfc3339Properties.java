package org.minivql.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.minivql.value.Timestamp;

/** The short way for UTC reads what the JDK reads. */
class Rfc3339Properties {
  @Property
  void readsWhatWasWritten(
      @ForAll @LongRange(min = -60_000_000_000L, max = 250_000_000_000L) long second,
      @ForAll @IntRange(max = 999_999_999) int nanos) {
    Timestamp time = Timestamp.utc(Instant.ofEpochSecond(second, nanos));
    assertThat(Rfc3339.parse(time.rfc3339())).isEqualTo(time);
    Timestamp whole = Timestamp.ofEpochSecond(second);
    assertThat(Rfc3339.parse(whole.rfc3339())).isEqualTo(whole);
  }

  @Property
  void agreesOnWhatIsNoTime(
      @ForAll @IntRange(max = 13) int month,
      @ForAll @IntRange(max = 32) int day,
      @ForAll @IntRange(max = 25) int hour) {
    String text = "2023-%02d-%02dT%02d:10:60Z".formatted(month, day, hour).replace("60Z", "59Z");
    Timestamp expected;
    try {
      expected = new Timestamp(OffsetDateTime.parse(text).toInstant(), ZoneOffset.UTC);
    } catch (DateTimeException e) {
      expected = null;
    }
    assertThat(Rfc3339.parse(text)).isEqualTo(expected);
    assertThat(Rfc3339.parse(text.replace("T", "T+"))).isNull();
  }
}
