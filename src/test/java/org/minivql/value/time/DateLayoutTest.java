package org.minivql.value.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.value.Timestamp;

class DateLayoutTest {
  private static final Timestamp TIME =
      new Timestamp(Instant.parse("2011-03-05T07:08:09.120Z"), ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RFC3339 | 2011-03-05T08:08:09+01:00",
        "RFC3339Nano | 2011-03-05T08:08:09.12+01:00",
        "RFC1123 | Sat, 05 Mar 2011 08:08:09 CET",
        "ANSIC | Sat Mar  5 08:08:09 2011",
        "Kitchen | 8:08AM",
        "StampMilli | Mar  5 08:08:09.120",
        "2.1.06 | 5.3.11",
        "Monday, January 02 | Saturday, March 05",
        "day 002, __2 | day 064,  64",
        "3h 4m 5s pm | 8h 8m 9s am",
        "-07 -0700 Z07:00 -07:00:00 | +01 +0100 +01:00 +01:00:00",
        "05,000 05.9 | 09,120 09.1",
        "Marching | Marching",
      })
  void prints(String layout, String text) {
    assertThat(DateLayout.of(layout).format(TIME)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "02/01/2006 15:04 | 05/03/2011 07:08 | 2011-03-05T07:08:00Z",
        "Jan _2 15:04:05 2006 | Mar  5 07:08:09 2011 | 2011-03-05T07:08:09Z",
        "2006-01-02 15:04:05 | 2011-03-05 07:08:09.5 | 2011-03-05T07:08:09.5Z",
        "2006-01-02T15:04:05Z07:00 | 2011-03-05T07:08:09+02:00 | 2011-03-05T05:08:09Z",
        "20060102150405 | 20110305070809 | 2011-03-05T07:08:09Z",
        "2006 002 | 2011 064 | 2011-03-05T00:00:00Z",
        "3:04PM | 7:08PM | 0000-01-01T19:08:00Z",
        "02/01/2006 | 5/03/2011 | ",
        "2006-01-02 | 2011-03-05 | 2011-03-05T00:00:00Z",
        "2006-01-02 | 2011-03-05 x | ",
      })
  void reads(String layout, String text, String time) {
    assertThat(DateLayout.of(layout).parse(text, ZoneOffset.UTC))
        .isEqualTo(time == null ? null : Instant.parse(time));
  }

  @Property
  void readsWhatItPrints(@ForAll @LongRange(min = 0, max = 4_000_000_000L) long seconds) {
    DateLayout layout = DateLayout.of("RFC1123Z");
    String text = layout.format(Timestamp.ofEpochSecond(seconds));
    assertThat(layout.parse(text, ZoneOffset.UTC)).isEqualTo(Instant.ofEpochSecond(seconds));
  }
}
