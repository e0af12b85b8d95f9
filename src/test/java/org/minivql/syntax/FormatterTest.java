package org.minivql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FormatterTest {
  private static void formats(String text, String formatted) {
    assertThat(Formatter.format(text)).isEqualTo(formatted + "\n");
    assertThat(Formatter.format(formatted)).isEqualTo(formatted + "\n");
  }

  @Test
  void putsClausesAndColumnsOnLines() {
    formats(
        "let q = select a,b as c from t(x=1) where a or b and not c order by a desc limit 0x10",
        """
        LET q = SELECT a,
                       b AS c
          FROM t(x=1)
          WHERE a or b
           and NOT c
          ORDER BY a DESC
          LIMIT 16
        """);
  }

  @Test
  void keepsCommentsAnywhere() {
    formats(
        """
        SELECT a, -- the first
          b -- the last
        -- before from
        FROM t( -- arguments
          x=1, -- after x
          y=2 -- after y
        ) -- after the call
        WHERE a /* left */ AND /* right */ b
        -- the end
        """,
        """
        SELECT a,
               -- the first
               b
        -- the last
        -- before from
        FROM t(-- arguments
        x=1, -- after x
        y=2
        -- after y
        )
        -- after the call
        WHERE a
         AND
        /* left */

        /* right */
        b

        -- the end
        """
            .stripTrailing());
  }

  @Test
  void aCommentNeverSwallowsCode() {
    String formatted =
        Formatter.format("LET a = f(b=1 + -- one\n 2, c={ -- two\nSELECT 1 FROM t })");
    assertThat(formatted).contains("-- one\n").contains("-- two\n");
    assertThat(Printer.text(Parser.parse(formatted).statements().get(0)))
        .isEqualTo("LET a = f(b=1 + 2, c={ SELECT 1 FROM t })");
  }

  @Test
  void keepsBlanksInsideOfStrings() {
    formats(
        "LET a = '''x  \n y  '''",
        """
        LET a = '''x \s
         y  '''
        """);
  }

  @Test
  void keepsQuotedParametersAndNumbersWithoutValue() {
    formats(
        "LET f(`a b`) = 1e400",
        """
        LET f(`a b`) = 1e400
        """);
  }

  @Test
  void keepsWhatCanonicalTextsLose() {
    formats(
        "SELECT *, a[], * AS b FROM t",
        """
        SELECT *, a[],
               * AS b
        FROM t
        """);
  }

  @Test
  void rejectsWhatIsNoProgram() {
    assertThatThrownBy(() -> Formatter.format("SELECT")).isInstanceOf(SyntaxException.class);
  }

  @Test
  void deepNestingTakesNoTimeWithoutBound() {
    String opening = "some_function(first_argument=another_name, second_argument=";
    String text = "LET a = " + opening.repeat(60) + "1" + ")".repeat(60);
    assertThat(
            org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> Formatter.format(text)))
        .contains("\n");
  }
}
