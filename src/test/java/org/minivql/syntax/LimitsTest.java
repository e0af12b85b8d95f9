package org.minivql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.syntax.antlr.ProgramReader;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.Program;

class LimitsTest {
  private static final int MEGABYTES_50 = 50 << 20;
  private static final long SMALL_STACK = 512 << 10;
  private static final long USUAL_STACK = 800 << 10;

  @ParameterizedTest
  @ValueSource(strings = {"(", "f(a=", "f(a=[", "NOT ", "NOT (", "x[(", "(1, NOT f(a="})
  void tellsThatExpressionsAreNestedTooDeeply(String opening) {
    assertThatThrownBy(() -> Parser.parse("LET X = " + opening.repeat(10_000) + "1"))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void tellsThatQueriesAreNestedTooDeeply() {
    String text = "SELECT * FROM foreach(row={ ".repeat(10_000) + "SELECT 1 FROM scope()";
    assertThatThrownBy(() -> Parser.parse(text))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void bracketsBeyondTheLimitAreStillPaired() {
    String text = "LET X = " + "NOT ".repeat(300) + "(".repeat(30) + "NOT 1" + ")".repeat(30);
    assertThatThrownBy(() -> Parser.parse(text + " LET Y = = 1"))
        .isInstanceOfSatisfying(
            SyntaxException.class,
            e -> {
              assertThat(e.errors()).hasSize(2);
              assertThat(e.errors().get(1).found()).isEqualTo("=");
            });
  }

  @Test
  void reportsTheStatementAfterOneThatIsNestedTooDeeply() {
    String text = "LET X = " + "(".repeat(1_000) + " LET Y = = 1 SELECT 1 FROM scope()";
    assertThatThrownBy(() -> Parser.parse(text))
        .isInstanceOfSatisfying(
            SyntaxException.class,
            e -> {
              assertThat(e.errors()).hasSize(2);
              assertThat(e.errors().get(1).found()).isEqualTo("=");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "'(', ')', 1",
    "'f(a=', ')', 1",
    "'f(a=[', '])', 2",
    "'NOT ', '', 1",
    "'NOT (', ')', 2",
    "'-x.y(a=1 + ', ')', 1"
  })
  void nestingWithinTheLimitFitsIntoASmallStack(String opening, String closing, int depth)
      throws InterruptedException {
    int times = ProgramReader.MAX_DEPTH / depth;
    String text = "LET X = " + opening.repeat(times) + "1" + closing.repeat(times);
    survives(text);
  }

  @Test
  void nestedQueriesWithinTheLimitFitIntoASmallStack() throws InterruptedException {
    int times = ProgramReader.MAX_DEPTH / 2 - 1;
    String opening = "SELECT a, f(x={ SELECT * FROM foreach(row={ ";
    String text =
        opening.repeat(times / 2)
            + "SELECT 1 FROM scope()"
            + " }) }) AS c FROM scope() WHERE a AND b".repeat(times / 2);
    survives(text);
  }

  private static void survives(String text) throws InterruptedException {
    onStack(SMALL_STACK, () -> assertThat(canonical(canonical(text))).isEqualTo(canonical(text)));
    onStack(
        USUAL_STACK,
        () -> assertThat(canonical(Formatter.format(text))).isEqualTo(canonical(text)));
  }

  private static String canonical(String text) {
    return Printer.text(Parser.parse(text).statements().get(0));
  }

  private static void onStack(long bytes, Runnable test) throws InterruptedException {
    AtomicReference<Throwable> problem = new AtomicReference<>();
    Thread thread = new Thread(null, test, "stack of " + bytes, bytes);
    thread.setUncaughtExceptionHandler((t, e) -> problem.set(e));
    thread.start();
    thread.join();
    assertThat(problem.get()).isNull();
  }

  @Test
  void aLongSumIsOneNode() {
    Program program = Parser.parse("LET X = 1" + " + 1".repeat(1_000_000));
    Expr.Sum sum = (Expr.Sum) ((Let) program.statements().get(0)).body();
    assertThat(sum.terms()).hasSize(1_000_001);
    assertThat(Printer.text(sum)).hasSize(4_000_001);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "{ SELECT ",
        "/* ",
        "/",
        "x ",
        "; ",
        "LET ",
        "'a\\",
        "SELECT 1 FROM x, ",
        "NOT ",
        "` "
      })
  void longTextsWithErrorsAreRejected(String piece) {
    String text = "SELECT " + piece.repeat(MEGABYTES_50 / piece.length());
    assertThatThrownBy(() -> Parser.parse(text))
        .isInstanceOfSatisfying(
            SyntaxException.class, e -> assertThat(e.getMessage().length()).isLessThan(100_000));
  }

  @Test
  void longTextsAreRead() {
    String blanks = " ".repeat(MEGABYTES_50 / 4);
    String letters = "x".repeat(MEGABYTES_50 / 4);
    String text = "LET X = /*" + letters + "*/" + blanks + "'" + letters + "' --" + letters;
    assertThat(Parser.parse(text).statements()).hasSize(1);
  }

  @Test
  void manyStatementsAreRead() {
    int times = 100_000;
    assertThat(Parser.parse("LET X = f(a=1)\n".repeat(times)).statements()).hasSize(times);
  }

  @Test
  void tellsThatAProgramHasTooManyTokens() {
    assertThatThrownBy(() -> Parser.parse("LET X = 1" + " + 1".repeat(12_000_000)))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining("too large");
  }

  @Test
  void listsAHundredErrorsAndSaysThatThereAreMore() {
    assertThatThrownBy(() -> Parser.parse("LET X = \n".repeat(1_000)))
        .isInstanceOfSatisfying(
            SyntaxException.class,
            e -> {
              assertThat(e.errors()).hasSize(101);
              assertThat(e.errors().get(100).message()).contains("too many errors");
            });
  }
}
