package org.minivql.registry.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.minivql.value.Dict;

class HeartbeatsProperties {
  @Property
  void eachRunBeatsEveryTwoMinutesWhileItRuns(
      @ForAll @Size(max = 5) List<@IntRange(max = 1000) Integer> lengths,
      @ForAll @IntRange(max = 3000) int from,
      @ForAll @IntRange(max = 3000) int limit,
      @ForAll @IntRange(max = 3000) int to) {
    Heartbeats beats = new Heartbeats();
    List<Long> expected = new ArrayList<>();
    long start = 0;
    for (int length : lengths) {
      beats.begin("k", at(start)).accept(at(start + length));
      for (long beat = start + 120; beat <= start + length; beat += 120) {
        if (beat >= from && beat <= to) {
          expected.add(beat);
        }
      }
      start += length;
    }
    List<Long> given = new ArrayList<>();
    Heartbeats.Lines lines = beats.lines("k", "A", at(from), at(to));

    assertThat(lines.until(at(limit), row -> given.add((Long) ((Dict) row).get("Timestamp"))))
        .isTrue();
    assertThat(given).allMatch(beat -> beat <= limit);
    lines.until(at(to), row -> given.add((Long) ((Dict) row).get("Timestamp")));
    assertThat(given).isEqualTo(expected);
  }

  private static Instant at(long second) {
    return Instant.ofEpochSecond(second);
  }
}
