package org.minivql.builtin.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.Profile;
import org.minivql.Vql;
import org.minivql.testing.Run;

/** Where the variables of time zones show, and where they do not. */
class TimeZonesTest {
  private static final Vql ENGINE = Vql.builder().build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "TZ~timestamp(epoch=1299308889)~\"2011-03-05T08:08:09+01:00\"",
        "TZ~(timestamp(epoch=1299308889), 1)~[\"2011-03-05T08:08:09+01:00\",1]",
        "TZ~dict(t=timestamp(epoch=1299308889))~{\"t\":\"2011-03-05T08:08:09+01:00\"}",
        "TZ~dict(a=(dict(t=timestamp(epoch=1299308889)), 2), b='x')"
            + "~{\"a\":[{\"t\":\"2011-03-05T08:08:09+01:00\"},2],\"b\":\"x\"}",
        "TZ~serialize(item=(dict(t=dict(u=timestamp(epoch=1299308889))),), format='csv')"
            + "~\"t\\n\\\"{\\n \\\"\\\"u\\\"\\\": \\\"\\\"2011-03-05T08:08:09+01:00\\\"\\\"\\n}\\\"\\n\"",
        "TZ~format(format='%v', args=((timestamp(epoch=1299308889),),))"
            + "~\"[2011-03-05 07:08:09 +0000 UTC]\"",
        "TZ~serialize(item=dict(t=timestamp(epoch=1299308889)))"
            + "~\"{\\n \\\"t\\\": \\\"2011-03-05T08:08:09+01:00\\\"\\n}\"",
        "TZ~serialize(item=(dict(t=timestamp(epoch=1299308889)),), format='csv')"
            + "~\"t\\n2011-03-05T08:08:09+01:00\\n\"",
        "TZ~serialize(item=timestamp(epoch=1299308889), format='string')"
            + "~\"2011-03-05T07:08:09Z\"",
        "TZ~str(str=timestamp(epoch=1299308889))~\"2011-03-05 07:08:09 +0000 UTC\"",
        "TZ~format(format='%v', args=timestamp(epoch=1299308889))~\"2011-03-05T07:08:09Z\"",
        "TZ~timestamp(epoch=1299308889).Hour~7",
        "TZ~timestamp_format(time='2011-03-05 08:08')~\"2011-03-05T08:08:00+01:00\"",
        "X~parse_json(data='{\"t\":\"2011-03-05T08:08:09+01:00\"}')~{\"t\":\"2011-03-05T07:08:09Z\"}",
        "X~parse_json(data='{\"t\":\"2011-03-05T08:08:09+01:00\"}').t~\"2011-03-05T07:08:09Z\"",
        "TZ~parse_json(data='{\"t\":\"2011-03-05T08:08:09+03:00\"}').t"
            + "~\"2011-03-05T06:08:09+01:00\"",
        "PARSE_TZ~timestamp(string='2011-03-05 08:08:09')~\"2011-03-05T07:08:09Z\"",
        "PARSE_TZ~timestamp_format(time=1299308889, format='15:04 MST')~\"08:08 CET\"",
      })
  void showInOutput(String variable, String expression, String value) {
    Run run =
        Run.of(
            ENGINE,
            "LET "
                + variable
                + " <= 'Europe/Berlin' SELECT ("
                + expression
                + ") AS X FROM scope()");
    assertThat(run.rows()).containsExactly("{\"X\":" + value + "}");
    assertThat(run.log()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "timestamp(epoch=1299308889.75).String~\"2011-03-05T07:08:09Z\"",
        "timestamp(epoch=1299308889.75).Nanosecond~750000000",
        "timestamp(epoch=1299308889).Clock~null",
        "timestamp(epoch=1299308889).Weekday~6",
        "timestamp_format(time=1299308889, format='')~\"2011-03-05T07:08:09Z\"",
      })
  void areUtcOtherwise(String expression, String value) {
    Run run = Run.value(ENGINE, expression);
    assertThat(run.rows()).containsExactly("{\"X\":" + value + "}");
  }

  @ParameterizedTest
  @CsvSource("TZ")
  void meanNothingToTheLanguageAlone(String variable) {
    Run run =
        Run.of(
            Vql.builder().profile(Profile.BARE).build(),
            "LET " + variable + " <= 'Asia/Tokyo' SELECT timestamp(epoch=1000) AS X FROM scope()");
    assertThat(run.rows()).containsExactly("{\"X\":\"1970-01-01T00:16:40Z\"}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      value = {
        "T < '2011-03-06',true",
        "T > '2011-03-06',false",
        "'2011-03-06' > T,true",
        "T >= '2011-03-04',false",
        "T <= '2011-03-06',false",
        "'2011-03-06' >= T,false",
        "T = '2011-03-05T07:08:09Z',false",
        "T >= T,true",
        "T <= 1299308889,true"
      })
  void onlySmallerAndGreaterReadTheTextOfADate(String condition, String value) {
    Run run =
        Run.of(
            ENGINE,
            "LET T <= timestamp(epoch=1299308889) SELECT " + condition + " AS X FROM scope()");
    assertThat(run.rows()).containsExactly("{\"X\":" + value + "}");
  }
}
