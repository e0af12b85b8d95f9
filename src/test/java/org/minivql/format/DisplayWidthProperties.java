package org.minivql.format;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DisplayWidthProperties {
  @Property
  void aCutTextFits(@ForAll String text, @ForAll @IntRange(min = 1, max = 30) int columns) {
    String cut = DisplayWidth.cut(text, columns);

    assertThat(DisplayWidth.of(cut)).isLessThanOrEqualTo(columns);
    if (!cut.equals(text)) {
      assertThat(cut).endsWith("…");
      assertThat(text).startsWith(cut.substring(0, cut.length() - 1));
    }
  }

  @Property
  void whatIsShownHasNoControlCharacters(@ForAll String text) {
    assertThat(TableCells.lines(text))
        .allSatisfy(line -> assertThat(line).doesNotMatch(".*\\p{Cc}.*"));
  }
}
