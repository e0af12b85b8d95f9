package org.minivql.testing;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;
import org.minivql.syntax.Printer;
import org.minivql.syntax.Token;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Statement;

/** Random programs, as trees and as texts. */
public final class Gens {
  private static final String[] BLANKS = {" ", "\n", "\t", "  ", "\r\n", "\f"};
  private static final String[] COMMENTS = {
    " /* a */ ", "\n-- b\n", " // c\r\n", "/**/", " /* d\n  e */\n", "--\n", "/* -- */ //\n"
  };

  private Gens() {}

  /** Programs of one to four statements. */
  public static Arbitrary<List<Statement>> programs() {
    return Arbitraries.randomValue(random -> new Trees(random).program());
  }

  /** Expressions that may stand in a column. */
  public static Arbitrary<Expr> expressions() {
    return Arbitraries.randomValue(random -> new Trees(random).expression());
  }

  /**
   * Texts of programs that do something: names that exist, rows, side effects. They need the
   * function {@code trace(tag=, value=)} and the plugin {@code rows(n=, tag=)}.
   */
  public static Arbitrary<String> meaningfulPrograms() {
    return Arbitraries.integers()
        .between(0, 720_719)
        .withDistribution(RandomDistribution.uniform())
        .withoutEdgeCases()
        .list()
        .ofMaxSize(400)
        .withSizeDistribution(RandomDistribution.uniform())
        .withoutEdgeCases()
        .map(numbers -> new Programs(numbers).program());
  }

  /** Texts of programs, with blanks where none are needed, and comments anywhere. */
  public static Arbitrary<String> commentedPrograms() {
    return Arbitraries.randomValue(
        random -> commented(random, canonical(new Trees(random).program())));
  }

  /** Texts of programs with some characters lost, doubled, exchanged or added. */
  public static Arbitrary<String> damagedPrograms() {
    return Arbitraries.randomValue(
        random -> {
          String text = commented(random, canonical(new Trees(random).program()));
          int damages = 1 + random.nextInt(4);
          for (int i = 0; i < damages; i++) {
            text = damage(random, text);
          }
          return text;
        });
  }

  /** Texts that are hardly ever programs. */
  public static Arbitrary<String> noise() {
    return Arbitraries.randomValue(
        random -> {
          StringBuilder text = new StringBuilder();
          int length = random.nextInt(60);
          for (int i = 0; i < length; i++) {
            text.append(piece(random));
          }
          return text.toString();
        });
  }

  /** The canonical texts of statements, one a line. */
  public static String canonical(List<Statement> statements) {
    StringBuilder text = new StringBuilder();
    for (Statement statement : statements) {
      text.append(Printer.text(statement)).append('\n');
    }
    return text.toString();
  }

  private static String commented(Random random, String text) {
    StringBuilder out = new StringBuilder();
    int rate = 1 + random.nextInt(30);
    for (Token token : Token.of(text)) {
      out.append(BLANKS[random.nextInt(BLANKS.length)]);
      out.append(random.nextInt(rate) == 0 ? COMMENTS[random.nextInt(COMMENTS.length)] : "");
      out.append(BLANKS[random.nextInt(BLANKS.length)]);
      out.append(token.text(text));
    }
    if (random.nextInt(3) == 0) {
      out.append(' ').append(COMMENTS[random.nextInt(COMMENTS.length)]);
    }
    return out.toString();
  }

  private static String damage(Random random, String text) {
    if (text.isEmpty()) {
      return piece(random);
    }
    int from = random.nextInt(text.length());
    int to = Math.min(text.length(), from + 1 + random.nextInt(6));
    String cut = text.substring(from, to);
    String before = text.substring(0, from);
    String after = text.substring(to);
    return switch (random.nextInt(4)) {
      case 0 -> before + after;
      case 1 -> before + cut + cut + after;
      case 2 -> before + piece(random) + after;
      default -> before + piece(random) + cut + after;
    };
  }

  private static String piece(Random random) {
    String[] pieces = {
      "SELECT ",
      "FROM ",
      "LET ",
      "(",
      ")",
      "{",
      "}",
      "[",
      "]",
      ",",
      "=",
      "<=",
      "'",
      "\"",
      "`",
      "'''",
      "\\",
      ".",
      "-",
      "--",
      "/*",
      "*/",
      "*",
      "\n",
      "x",
      "1",
      ".5",
      "1e",
      "NOT ",
      " AND ",
      "group by",
      "LIMIT 1.5",
      ";",
      "$",
      "\u00e9",
      "\ud83d\ude00",
      "\udc80",
      "\ud800",
      "\u0000",
      "\u2028",
      "=>",
      "|"
    };
    return random.nextInt(4) == 0
        ? String.valueOf((char) random.nextInt(256))
        : pieces[random.nextInt(pieces.length)];
  }
}
