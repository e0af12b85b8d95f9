package org.minivql.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minivql.QueryOptions;
import org.minivql.Vql;

/** A row that is known to hold scalars only is the same row, and leaves queries as it is. */
class FlatRowsProperties {
  private final Vql engine = Vql.builder().build();

  @Provide
  Arbitrary<List<Object>> scalars() {
    return Arbitraries.<Object>oneOf(
            Arbitraries.strings().ofMaxLength(5).map(text -> (Object) text),
            Arbitraries.longs().map(number -> (Object) number),
            Arbitraries.doubles().map(number -> (Object) number),
            Arbitraries.of(true, false).map(truth -> (Object) truth),
            Arbitraries.just((Object) null))
        .list()
        .ofSize(3);
  }

  @Property
  void areEqualToOthersAndPassUnchanged(@ForAll("scalars") List<Object> cells) {
    Shape shape = Shape.of(List.of("A", "B", "C"));
    Dict flat = Dict.flat(shape, cells.toArray());
    Dict other = Dict.over(shape, cells.toArray());

    assertThat(flat).isEqualTo(other).hasSameHashCodeAs(other).hasToString(other.toString());
    assertThat(flat.snapshot()).isSameAs(flat);
    assertThat(flat.cells(4)).isEqualTo(other.cells(4));
    assertThat(flat.put("A", 1L)).isFalse();
    assertThat(flat.toBuilder().build()).isEqualTo(other);
    assertThat(rows("SELECT A, B, C FROM Row", flat)).containsExactly(other);
    assertThat(rows("SELECT * FROM Row", flat)).containsExactly(other);
  }

  @Property(tries = 50)
  void whatIsNoScalarIsStillSettled(@ForAll("scalars") List<Object> cells) {
    Object first = cells.get(0);

    assertThat(
            rows(
                "LET Rows = SELECT A AS V FROM Row SELECT Row.A AS A, Rows AS B FROM scope()",
                Dict.of("A", first)))
        .containsExactly(Dict.of("A", first, "B", List.of(Dict.of("V", first))));
  }

  private List<Dict> rows(String program, Dict row) {
    List<Dict> rows = new ArrayList<>();
    engine
        .compile(program)
        .run(QueryOptions.defaults().withEnv(Collections.singletonMap("Row", row)), rows::add);
    return rows;
  }
}
