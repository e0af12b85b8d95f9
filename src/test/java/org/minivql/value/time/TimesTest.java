package org.minivql.value.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.value.Dict;
import org.minivql.value.PlainScope;
import org.minivql.value.Timestamp;

class TimesTest {
  private static String parse(Object value) {
    Timestamp time = Times.parse(PlainScope.create(), value);
    return time == null ? null : time.rfc3339();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2011-03-05T07:08:09          | 2011-03-05T07:08:09Z",
        "2011-03-05T07:08:09Z         | 2011-03-05T07:08:09Z",
        "2011-03-05T07:08:09.25       | 2011-03-05T07:08:09.25Z",
        "2011-03-05T07:08:09,5        | 2011-03-05T07:08:09.5Z",
        "2011-03-05T07:08:09-03:00    | 2011-03-05T10:08:09Z",
        "2011-03-05T07:08:09+0330     | 2011-03-05T03:38:09Z",
        "2011-03-05 07:08             | 2011-03-05T07:08:00Z",
        "2011-3-5 7:8:9               | 2011-03-05T07:08:09Z",
        "2011-03-05 07:08:09 PM       | 2011-03-05T19:08:09Z",
        "2011-03-05 12:08:09 AM       | 2011-03-05T00:08:09Z",
        "2011-03-05 07:08:09 +0900    | 2011-03-04T22:08:09Z",
        "2011-03-05 07:08:09 +0900 +09| 2011-03-04T22:08:09Z",
        "2011-03-05 07:08:09 +00:00   | 2011-03-05T07:08:09Z",
        "2011-03-05 07:08:09+02:00    | 2011-03-05T05:08:09Z",
        "2011-03-05 07:08:09.123456789 +0000 UTC | 2011-03-05T07:08:09.123456789Z",
        "2011-03-05 07:08:09.5 +0300 MSK m=+0.000000002 | 2011-03-05T04:08:09.5Z",
        "2011-03-05 07:08:09 UTC      | 2011-03-05T07:08:09Z",
        "2011-03-05 07:08:09 GMT      | 2011-03-05T07:08:09Z",
        "2011-03-05                   | 2011-03-05T00:00:00Z",
        "2011-03                      | 2011-03-01T00:00:00Z",
        "2011-03-05+09:00             | 2011-03-04T15:00:00Z",
        "3/5/2011                     | 2011-03-05T00:00:00Z",
        "03/05/68                     | 2068-03-05T00:00:00Z",
        "03/05/69                     | 1969-03-05T00:00:00Z",
        "3/5/2011 07:08               | 2011-03-05T07:08:00Z",
        "03/05/2011 07:08:09 AM       | 2011-03-05T07:08:09Z",
        "03/05/2011 07:08:09.1234567  | 2011-03-05T07:08:09.1234567Z",
        "2011/3/5                     | 2011-03-05T00:00:00Z",
        "2011/03/05 07:08:09.5        | 2011-03-05T07:08:09.5Z",
        "2011:03:05                   | 2011-03-05T00:00:00Z",
        "2011:03:05 07:08             | 2011-03-05T07:08:00Z",
        "3.5.2011                     | 2011-03-05T00:00:00Z",
        "03.05.71                     | 1971-03-05T00:00:00Z",
        "2011.03                      | 2011-03-01T00:00:00Z",
        "2011.03.05                   | 2011-03-05T00:00:00Z",
        "March 5, 2011 7:08:09 PM     | 2011-03-05T19:08:09Z",
        "mar 5, 1971                  | 1971-03-05T00:00:00Z",
        "mar. 5, 71                   | 1971-03-05T00:00:00Z",
        "March 5th, 2011              | 2011-03-05T00:00:00Z",
        "March 5 2011                 | 2011-03-05T00:00:00Z",
        "Mar 5, 2011 at 7:08am (MST)  | 2011-03-05T07:08:00Z",
        "March 5, 2011 at 7:08am PST-08 | 2011-03-05T15:08:00Z",
        "5 Mar 2011, 07:08            | 2011-03-05T07:08:00Z",
        "5 March 2011 07:08:09.5      | 2011-03-05T07:08:09.5Z",
        "5 mar 1971                   | 1971-03-05T00:00:00Z",
        "2011-Mar-05                  | 2011-03-05T00:00:00Z",
        "05-Mar-2011                  | 2011-03-05T00:00:00Z",
        "Saturday, 5 March 2011       | 2011-03-05T00:00:00Z",
        "Sat Mar  5 07:08:09 2011     | 2011-03-05T07:08:09Z",
        "Sat Mar 05 07:08:09 -0700 2011 | 2011-03-05T14:08:09Z",
        "Sat, 05 Mar 2011 07:08:09 -0700 | 2011-03-05T14:08:09Z",
        "Saturday, 05-Mar-11 07:08:09 MST | 2011-03-05T07:08:09Z",
        "Sat, 05 Mar 2011 07:08:09 +0200 (CEST) | 2011-03-05T05:08:09Z",
        "Sat Mar 05 2011 07:08:09 GMT+0100 (GMT Daylight Time) | 2011-03-05T06:08:09Z",
        "05/Mar/2011:07:08:09 -0700   | 2011-03-05T14:08:09Z",
        "110305 07:08:09              | 2011-03-05T07:08:09Z",
        "3/5/2011 5pm                 | 2011-03-05T12:00:05Z",
        "Mar 5                        | 0000-03-05T00:00:00Z",
        "Mar 5 07:08:09               | 0000-03-05T07:08:09Z",
        "03:05:11                     | 2011-03-05T00:00:00Z",
      })
  void readsDates(String text, String time) {
    assertThat(parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "14/2/2011",
        "25/12/2011 07:08:09",
        "14-02-2011",
        "02-03-2011",
        "20110305T070809Z",
        "07:08",
        "2011-02-30",
        "2011-14-01",
        "2011-03-05T24:00:00Z",
        "2011-W09-1",
        "1299308889.5",
        "tomorrow",
        " 2011-03-05",
        "2011-03-05 13:00 PM",
      })
  void rejectsWhatIsNoDate(String text) {
    assertThat(parse(text)).isNull();
  }

  @Test
  void theMagnitudeOfANumberTellsItsUnit() {
    assertThat(parse(1299308889L)).isEqualTo("2011-03-05T07:08:09Z");
    assertThat(parse(1299308889250L)).isEqualTo("2011-03-05T07:08:09.25Z");
    assertThat(parse(1299308889250001L)).isEqualTo("2011-03-05T07:08:09.250001Z");
    assertThat(parse(1299308889250000001L)).isEqualTo("2011-03-05T07:08:09.250000001Z");
    assertThat(parse(20_000_000_000L)).isEqualTo("2603-10-11T11:33:20Z");
    assertThat(parse(-1L)).isEqualTo("1969-12-31T23:59:59Z");
    assertThat(parse(Long.MIN_VALUE)).isNull();
    assertThat(parse("0x4d71e059")).isEqualTo("2011-03-05T07:03:53Z");
  }

  @Test
  void floatsAreSeconds() {
    assertThat(parse(1299308889.25)).isEqualTo("2011-03-05T07:08:09.25Z");
    assertThat(parse(Double.NaN)).isNull();
    assertThat(parse(1e300)).isNull();
  }

  @Test
  void zeroAndTheEmptyTextAreTheZeroTime() {
    assertThat(Times.parse(PlainScope.create(), 0L)).isEqualTo(Times.ZERO);
    assertThat(Times.parse(PlainScope.create(), 0.0)).isEqualTo(Times.ZERO);
    assertThat(Times.parse(PlainScope.create(), "")).isEqualTo(Times.ZERO);
    assertThat(parse(null)).isNull();
    assertThat(parse(Dict.EMPTY)).isNull();
  }

  @Test
  void datesWithoutOffsetAreReadInTheZoneOfTheQuery() {
    PlainScope berlin = PlainScope.with(Map.of("TZ", "Europe/Berlin"));
    assertThat(Times.parse(berlin.scope(), "2011-07-05 12:00:00").rfc3339())
        .isEqualTo("2011-07-05T10:00:00Z");
    assertThat(Times.parse(berlin.scope(), "2011-07-05 12:00:00 CEST").rfc3339())
        .isEqualTo("2011-07-05T10:00:00Z");
    PlainScope both = PlainScope.with(Map.of("TZ", "Europe/Berlin", "PARSE_TZ", "Asia/Tokyo"));
    assertThat(Times.parse(both.scope(), "2011-07-05 12:00:00").rfc3339())
        .isEqualTo("2011-07-05T03:00:00Z");
  }

  @Test
  void anUnknownZoneIsLoggedOnceAndMeansUtc() {
    PlainScope nowhere = PlainScope.with(Map.of("TZ", "Moon/Crater"));
    Times.parse(nowhere.scope(), "2011-07-05 12:00:00");
    assertThat(Times.parse(nowhere.scope(), "2011-07-05 12:00:00").rfc3339())
        .isEqualTo("2011-07-05T12:00:00Z");
    assertThat(nowhere.log()).hasSize(1).first().asString().contains("TZ Moon/Crater");
  }
}
