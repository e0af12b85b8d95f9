package org.minivql.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minivql.testing.Contexts;
import org.minivql.value.Dict;

/** The short way for plain patterns finds what the pattern finds. */
class TextSearchProperties {
  private final QueryContext query = Contexts.bare();
  private final Frame scope = Frame.root(query, Dict.EMPTY);

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of("a", "B", "k", ".", "\\.", "\\\\", "-", "1", "\\-", "s")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "b", "A", "K", "\u212a", ".", "\\", "-", "1", "\n", "\u00e9", "\u017f")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Property
  void agreesWithThePattern(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
    boolean expected = Pattern.compile("(?i)" + pattern).matcher(text).find();
    assertThat(TextSearch.compile(pattern).find(scope, text)).isEqualTo(expected);
  }
}
