package org.minivql.builtin.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.value.text.Sizes;

class HumanizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, now",
    "1, 1 second ago",
    "59, 59 seconds ago",
    "60, 1 minute ago",
    "3599, 59 minutes ago",
    "3600, 1 hour ago",
    "86400, 1 day ago",
    "604800, 1 week ago",
    "1209600, 2 weeks ago",
    "2592000, 1 month ago",
    "31104000, 1 year ago",
    "62208000, 2 years ago",
    "1200000000, a long while ago",
    "-120, 2 minutes from now",
  })
  void sizesOfTime(long seconds, String text) {
    Instant now = Instant.ofEpochSecond(2_000_000_000);
    assertThat(Humanize.relative(now.minusSeconds(seconds), now)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "9, 9 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "9949, 9.9 kB",
    "10500, 11 kB",
    "1000000000000, 1.0 TB",
    "-1, 18 EB",
  })
  void sizesOfData(long bytes, String text) {
    assertThat(Sizes.decimal(bytes)).isEqualTo(text);
  }
}
