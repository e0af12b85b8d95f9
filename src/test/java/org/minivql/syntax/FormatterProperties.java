package org.minivql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minivql.testing.Gens;

class FormatterProperties {
  @Property(tries = 300)
  void keepsTheProgramAndItsComments(@ForAll("programs") String text) {
    String formatted = Formatter.format(text);
    assertThat(Parser.parse(formatted).statements()).isEqualTo(Parser.parse(text).statements());
    assertThat(comments(formatted)).isEqualTo(comments(text));
  }

  @Property(tries = 300)
  void doesNotChangeWhatItMade(@ForAll("programs") String text) {
    String formatted = Formatter.format(text);
    assertThat(Formatter.format(formatted)).isEqualTo(formatted);
  }

  private static List<String> comments(String text) {
    return Token.of(text).stream()
        .filter(token -> token.kind().isComment())
        .map(token -> token.text(text).replaceAll("\\s+", " ").strip())
        .toList();
  }

  @Provide
  Arbitrary<String> programs() {
    return Gens.commentedPrograms();
  }
}
