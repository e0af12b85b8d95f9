package org.minivql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minivql.syntax.tree.Statement;
import org.minivql.testing.Gens;

class ParserProperties {
  @Property
  void printedTreesParseToThemselves(@ForAll("programs") List<Statement> program) {
    String text = Gens.canonical(program);
    List<Statement> parsed = Parser.parse(text).statements();
    assertThat(parsed).isEqualTo(program);
    assertThat(Gens.canonical(parsed)).isEqualTo(text);
  }

  @Property
  void blanksAndCommentsMeanNothing(@ForAll("commentedPrograms") String text) {
    String canonical = Gens.canonical(Parser.parse(text).statements());
    assertThat(Gens.canonical(Parser.parse(canonical).statements())).isEqualTo(canonical);
  }

  @Property
  void damagedProgramsGiveSyntaxErrors(@ForAll("damagedPrograms") String text) {
    parses(text);
  }

  @Property
  void noiseGivesSyntaxErrors(@ForAll("noise") String text) {
    parses(text);
  }

  @Property
  void anyTextGivesSyntaxErrors(@ForAll String text) {
    parses(text);
  }

  private static void parses(String text) {
    try {
      assertThat(Parser.parse(text).statements()).isNotEmpty();
    } catch (SyntaxException e) {
      assertThat(e.errors()).isNotEmpty();
      int last = -1;
      for (SyntaxError error : e.errors()) {
        check(text, error);
        assertThat(error.offset()).isGreaterThan(last);
        last = error.offset();
      }
    }
    try {
      Parser.parseLambda(text);
    } catch (SyntaxException e) {
      check(text, e.errors().get(0));
    }
  }

  private static void check(String text, SyntaxError error) {
    assertThat(error.offset()).isBetween(0, text.length());
    String before = text.substring(0, error.offset());
    int lineStart = before.lastIndexOf('\n') + 1;
    assertThat(error.line()).isEqualTo(1 + (int) before.chars().filter(c -> c == '\n').count());
    assertThat(error.column()).isEqualTo(1 + before.codePointCount(lineStart, before.length()));
    String[] snippet = error.snippet().split("\n", -1);
    assertThat(snippet).hasSize(2);
    assertThat(snippet[1]).matches("[ \t]*\\^");
    int caret = snippet[1].codePointCount(0, snippet[1].length()) - 1;
    if (error.offset() < text.length() && !Character.isWhitespace(text.charAt(error.offset()))) {
      assertThat(snippet[0].codePointAt(snippet[0].offsetByCodePoints(0, caret)))
          .isEqualTo(text.codePointAt(error.offset()));
    }
    assertThat(error.text()).startsWith(error.line() + ":" + error.column() + ": ");
  }

  @Provide
  Arbitrary<List<Statement>> programs() {
    return Gens.programs();
  }

  @Provide
  Arbitrary<String> commentedPrograms() {
    return Gens.commentedPrograms();
  }

  @Provide
  Arbitrary<String> damagedPrograms() {
    return Gens.damagedPrograms();
  }

  @Provide
  Arbitrary<String> noise() {
    return Gens.noise();
  }
}
