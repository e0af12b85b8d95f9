package org.minivql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.syntax.tree.Column;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Lambda;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.Program;
import org.minivql.syntax.tree.Select;
import org.minivql.syntax.tree.Span;

class ParserTest {
  private static final String SINGLE_ERRORS =
      """
      SELECT 3-4 FROM t                 | 1:9  | unexpected "-4" (a minus belongs to what it touches
      SELECT n-m FROM t                 | 1:9  | unexpected "-m"
      SELECT 3 - FROM t                 | 1:12 | unexpected "FROM", expected an expression
      SELECT a b FROM t                 | 1:10 | unexpected "b", expected an operator
      SELECT a AS where FROM t          | 1:13 | as a name it needs backticks: `where`
      SELECT a, FROM t                  | 1:11 | unexpected "FROM"
      SELECT a                          | 1:9  | unexpected end of the text
      SELECT * AS a FROM t              | 1:10 | unexpected "AS"
      SELECT f(1) FROM t                | 1:10 | unexpected "1", expected a name, ')'
      SELECT f(a=1,) FROM t             | 1:14 | unexpected ")", expected a name
      SELECT f(a=[1, [2]]) FROM t       | 1:16 | unexpected "["
      SELECT (a FROM t                  | 1:11 | unexpected "FROM"
      SELECT () FROM t                  | 1:9  | unexpected ")", expected an expression
      SELECT [1] FROM t                 | 1:8  | unexpected "["
      SELECT 2 * f(a=1).b FROM t        | 1:18 | unexpected "."
      SELECT a[0].b(c=1) FROM t         | 1:14 | unexpected "("
      SELECT 1 + NOT 2 FROM t           | 1:12 | unexpected "NOT", expected an expression
      SELECT {SELECT 1 FROM t}[0] FROM t | 1:25 | unexpected "["
      SELECT a FROM t WHERE a == 1      | 1:26 | unexpected "=", expected an expression
      SELECT a FROM t(b=1)(c=2)         | 1:21 | unexpected "("
      SELECT a FROM t LIMIT 1 ORDER BY a | 1:25 | unexpected "ORDER BY"
      SELECT a FROM t ORDER BY a.b      | 1:27 | unexpected "."
      SELECT a FROM t LIMIT 2.5         | 1:23 | LIMIT takes an integer of 64 bits, not 2.5
      SELECT a FROM t LIMIT 99999999999999999999 | 1:23 | LIMIT takes an integer
      LET a.b = 1                       | 1:6  | unexpected ".", expected '(', '<=', '='
      LET a(b,) = 1                     | 1:9  | unexpected ")", expected a name
      LET a = (SELECT 1 FROM t)         | 1:10 | unexpected "SELECT"
      LET a = 1, 2                      | 1:10 | unexpected ","
      LET a = 1 b                       | 1:11 | unexpected "b"
      WHERE 1                           | 1:1  | expected EXPLAIN, SELECT, LET
      LET a = 5 % 3                     | 1:11 | unexpected "%"
      LET a = 5 & 3                     | 1:11 | lexer: invalid input text "& 3"
      LET a = 1;                        | 1:10 | lexer: invalid input text ";"
      LET a = 'b                        | 1:9  | lexer: invalid input text "'b", the literal is not closed
      LET a = `b                        | 1:9  | the literal is not closed
      LET a = ``                        | 1:9  | lexer: invalid input text "``"
      LET a = 1 /* b                    | 1:12 | unexpected "*"
      LET a = ü                         | 1:9  | lexer: invalid input text "ü"
      """;

  @ParameterizedTest
  @CsvSource(textBlock = SINGLE_ERRORS, delimiter = '|', quoteCharacter = '\u0001')
  void saysWhatIsWrongAndWhere(String text, String place, String message) {
    SyntaxException e = catchThrowableOfType(SyntaxException.class, () -> Parser.parse(text));
    assertThat(e).as(text).isNotNull();
    assertThat(e.errors()).hasSize(1);
    assertThat(e.errors().get(0).summary()).startsWith(place + ": ").contains(message);
  }

  @Test
  void rendersTheLineAndACaret() {
    assertThatThrownBy(() -> Parser.parse("LET a = 1\nSELECT\t'é' x\r\nFROM t"))
        .isInstanceOf(SyntaxException.class)
        .hasMessage(
            "2:12: unexpected \"x\", expected an operator, FROM, AS, ',', '.', '['\n"
                + "SELECT\t'é' x\n"
                + "      \t    ^");
  }

  @Test
  void cutsLongLines() {
    String text = "LET a = '" + "x".repeat(200) + "' ) '" + "y".repeat(200) + "'";
    SyntaxException e = catchThrowableOfType(SyntaxException.class, () -> Parser.parse(text));
    String[] snippet = e.errors().get(0).snippet().split("\n");
    assertThat(snippet[0]).startsWith("...x").endsWith("y...").hasSizeLessThan(120);
    assertThat(snippet[0].charAt(snippet[1].indexOf('^'))).isEqualTo(')');
  }

  @Test
  void reportsTheErrorsOfAllStatements() {
    String text =
        """
        LET = SELECT 1 FROM t
        LET a 5
        SELECT f(q={ SELECT a b FROM t }) FROM t
        LET fine = 1
        SELECT (a, FROM t
        LET unclosed = (1, 2
        LET c = ;
        EXPLAIN LET d = 1
        """;
    SyntaxException e = catchThrowableOfType(SyntaxException.class, () -> Parser.parse(text));
    assertThat(e.errors())
        .extracting(SyntaxError::line, SyntaxError::found)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, "="),
            org.assertj.core.groups.Tuple.tuple(2, "5"),
            org.assertj.core.groups.Tuple.tuple(3, "b"),
            org.assertj.core.groups.Tuple.tuple(5, "FROM"),
            org.assertj.core.groups.Tuple.tuple(7, "LET"),
            org.assertj.core.groups.Tuple.tuple(7, ";"),
            org.assertj.core.groups.Tuple.tuple(8, "LET"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "-- nothing", "/* nothing */ // at all"})
  void aProgramHasStatements(String text) {
    assertThatThrownBy(() -> Parser.parse(text))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining("unexpected end of the text, expected EXPLAIN, SELECT, LET");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "LET a = 1 < 2 < 3         | LET a = 1 < 3",
        "LET a = (1, 2 3)          | LET a = (1, 3)",
        "LET a = b[1 2]            | LET a = b[2]",
        "LET a = b[1::2]           | LET a = b[1:2]",
        "LET a = f(b=1)(c=2)       | LET a = f(b=1, c=2)",
        "LET a = (1, b (2))        | !",
        "LET a = (1, 2 (3))        | LET a = (1, (3))",
        "explain explain select * from t | EXPLAIN SELECT * FROM t",
        "LET a = NOT b = c         | LET a = NOT b = c",
        "LET a = group byx         | !",
        "LET a = group BY          | !",
        "LET A = 1 LET B = 2       | LET A = 1",
      })
  void keepsWhatTheLanguageKeeps(String text, String canonical) {
    if (canonical.equals("!")) {
      assertThatThrownBy(() -> Parser.parse(text)).isInstanceOf(SyntaxException.class);
    } else {
      assertThat(Printer.text(Parser.parse(text).statements().get(0))).isEqualTo(canonical);
    }
  }

  @Test
  void knowsWhereThingsStand() {
    String text = "LET x = 1\nSELECT -a.b(c=2)[0] AS d FROM e(f={ SELECT g FROM h })";
    Program program = Parser.parse(text);
    assertThat(program.source()).isSameAs(text);
    Select select = (Select) program.statements().get(1);
    assertThat(at(text, program.statements().get(0).span())).isEqualTo("LET x = 1");
    Column column = select.columns().get(0);
    assertThat(at(text, column.span())).isEqualTo("-a.b(c=2)[0] AS d");
    Expr.Access access = (Expr.Access) column.value();
    assertThat(at(text, access.span())).isEqualTo("-a.b(c=2)[0]");
    assertThat(at(text, access.base().span())).isEqualTo("-a.b(c=2)");
    assertThat(at(text, access.accessors().get(0).span())).isEqualTo("[0]");
    assertThat(at(text, select.from().span())).isEqualTo("e(f={ SELECT g FROM h })");
    assertThat(at(text, select.from().arguments().get(0).value().span()))
        .isEqualTo("SELECT g FROM h");
    assertThat(((Expr.Symbol) access.base()).path()).isEqualTo(List.of("a", "b"));
    assertThat(((Expr.Symbol) access.base()).negated()).isTrue();
  }

  private static String at(String text, Span span) {
    return text.substring(span.start(), span.end());
  }

  @Test
  void readsBytesThatAreNotText() {
    Let let = (Let) Parser.parse("LET `\udc80` = '\udcff' -- \udcfe").statements().get(0);
    assertThat(let.name()).isEqualTo("`\udc80`");
    assertThat(Literals.string(((Expr.StringLiteral) let.body()).source())).isEqualTo("\udcff");
  }

  @Test
  void readsLambdas() {
    Lambda lambda = Parser.parseLambda("x, `y z` => x in (1, 2) // c");
    assertThat(lambda.parameters()).isEqualTo(List.of("x", "`y z`"));
    assertThat(((Expr.Comparison) lambda.body()).operator()).isEqualTo("in");
    assertThat(Printer.text(lambda)).isEqualTo("x, `y z` => x in (1, 2)");
  }

  @ParameterizedTest
  @CsvSource({
    "x, 1:2: unexpected end of the text",
    "(x) => x, 1:1: unexpected \"(\"",
    "x => { SELECT 1 FROM t }, 1:6: unexpected \"{\"",
    "x => 1 LET, 1:8: unexpected \"LET\""
  })
  void rejectsWhatIsNoLambda(String text, String message) {
    assertThatThrownBy(() -> Parser.parseLambda(text))
        .isInstanceOf(SyntaxException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("EXPLAIN");
  }
}
