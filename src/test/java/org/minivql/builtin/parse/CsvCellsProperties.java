package org.minivql.builtin.parse;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minivql.format.CsvRows;
import org.minivql.value.Bytes;

/** Values keep their type on the way through a cell. */
class CsvCellsProperties {
  @Property
  void textStaysText(@ForAll("texts") String text) {
    assertThat(CsvCells.value(CsvRows.cell(text))).isEqualTo(text);
  }

  @Property
  void numbersStayNumbers(@ForAll long number) {
    assertThat(CsvCells.value(CsvRows.cell(number))).isEqualTo(number);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().map(Bytes::printable),
        Arbitraries.strings().withChars(" +-.0123456789eExaAfFinNtTyY_{[\"\\:").ofMaxLength(9),
        Arbitraries.of("true", "false", "NaN", "-Infinity", "inf", "base64:eA==", "1e5", "+7"));
  }
}
