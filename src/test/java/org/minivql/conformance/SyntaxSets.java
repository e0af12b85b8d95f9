package org.minivql.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.minivql.syntax.Literals;
import org.minivql.syntax.Names;
import org.minivql.syntax.Parser;
import org.minivql.syntax.Printer;
import org.minivql.syntax.SyntaxException;
import org.minivql.syntax.Token;
import org.minivql.syntax.tree.Lambda;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.Program;
import org.minivql.syntax.tree.Select;
import org.minivql.syntax.tree.Statement;
import org.minivql.value.Bytes;

/** Checks cases of the sets that need no engine: tokens, names, literals, parsing, printing. */
public final class SyntaxSets {
  private SyntaxSets() {}

  /** Whether {@link #check} knows a set (its path without extension). */
  public static boolean knows(String set) {
    return switch (set) {
      case "units/tokens",
          "units/string_literals",
          "units/identifiers",
          "units/lambda",
          "units/lambda_corpus",
          "units/reformat",
          "corpus/corpus",
          "expressions/expressions",
          "oracle/parse_errors" ->
          true;
      default -> false;
    };
  }

  /**
   * Checks one case of a set.
   *
   * @return null if it passes, else the reason why not
   */
  public static String check(String set, Map<String, Object> testCase) {
    return switch (set) {
      case "units/tokens" -> tokens(testCase);
      case "units/string_literals" -> literal(testCase);
      case "units/identifiers" -> identifier(testCase);
      case "units/lambda", "units/lambda_corpus" -> lambda(testCase);
      case "units/reformat" -> FormatChecks.reformat(testCase);
      case "corpus/corpus" -> corpus(testCase);
      case "expressions/expressions" -> expression(testCase);
      case "oracle/parse_errors" -> program(testCase);
      default -> throw new IllegalArgumentException("no such set: " + set);
    };
  }

  /** Checks verdict, statement types and canonical texts of any case with a program. */
  public static String program(Map<String, Object> testCase) {
    String query = (String) testCase.get("query");
    Program program;
    try {
      program = Parser.parse(query);
    } catch (SyntaxException e) {
      return testCase.containsKey("error") ? null : "rejected: " + e.errors().get(0).text();
    }
    if (testCase.containsKey("error")) {
      return "accepted a text that has an error";
    }
    List<Map<String, Object>> expected = maps(testCase.get("statements"));
    if (expected.size() != program.statements().size()) {
      return "found " + program.statements().size() + " statements, not " + expected.size();
    }
    for (int i = 0; i < expected.size(); i++) {
      Statement statement = program.statements().get(i);
      String problem = statement(statement, expected.get(i));
      if (problem != null) {
        return "statement " + i + ": " + problem;
      }
    }
    return null;
  }

  private static String statement(Statement statement, Map<String, Object> expected) {
    String text = Printer.text(statement);
    String problem = differ("type", expected.get("type"), type(statement));
    if (problem == null) {
      problem = differ("text", expected.get("text"), text);
    }
    if (problem == null) {
      problem = differ("text parsed again", text, reprinted(text));
    }
    return problem;
  }

  private static String type(Statement statement) {
    if (statement instanceof Let let) {
      return let.materialized() ? "MATERIALIZED_LET" : "LAZY_LET";
    }
    return ((Select) statement).explain() ? "EXPLAIN" : "SELECT";
  }

  private static String reprinted(String text) {
    try {
      return Printer.text(Parser.parse(text).statements().get(0));
    } catch (SyntaxException e) {
      return e.getMessage();
    }
  }

  private static String corpus(Map<String, Object> testCase) {
    String problem = program(testCase);
    if (problem != null || testCase.containsKey("error")) {
      return problem;
    }
    List<Statement> statements = Parser.parse((String) testCase.get("query")).statements();
    List<Map<String, Object>> expected = maps(testCase.get("statements"));
    for (int i = 0; i < expected.size(); i++) {
      CalledNames called = CalledNames.in(statements.get(i));
      problem = differ("functions", names(expected.get(i), "functions"), called.functions());
      if (problem == null) {
        problem = differ("plugins", names(expected.get(i), "plugins"), called.plugins());
      }
      if (problem != null) {
        return "statement " + i + ": " + problem;
      }
    }
    return FormatChecks.reformat(testCase);
  }

  private static TreeSet<String> names(Map<String, Object> statement, String key) {
    TreeSet<String> names = new TreeSet<>();
    if (statement.get(key) instanceof List<?> list) {
      list.forEach(name -> names.add((String) name));
    }
    return names;
  }

  private static String expression(Map<String, Object> testCase) {
    if (testCase.containsKey("error")) {
      return program(testCase);
    }
    String text = "SELECT * FROM plugin() WHERE " + testCase.get("expression");
    Program program = Parser.parse(text);
    String canonical = Printer.text(program.statements().get(0));
    String problem = differ("canonical_where", testCase.get("canonical_where"), canonical);
    if (problem == null && ((List<?>) testCase.get("tags")).contains("round-trip")) {
      Program again = Parser.parse(canonical);
      String twice = Printer.text(again.statements().get(0));
      problem = differ("tree", again.statements(), Parser.parse(twice).statements());
    }
    return problem != null ? problem : program(testCase);
  }

  private static String lambda(Map<String, Object> testCase) {
    Lambda lambda;
    try {
      lambda = Parser.parseLambda((String) testCase.get("expression"));
    } catch (SyntaxException e) {
      return testCase.containsKey("error") ? null : "rejected: " + e.errors().get(0).text();
    }
    if (testCase.containsKey("error")) {
      return "accepted a text that has an error";
    }
    String problem = differ("parameters", testCase.get("parameters"), lambda.parameters());
    return problem != null ? problem : differ("text", testCase.get("text"), Printer.text(lambda));
  }

  private static String literal(Map<String, Object> testCase) {
    String value = Literals.string((String) testCase.get("source"));
    return differ(
        "bytes", testCase.get("bytes_hex"), HexFormat.of().formatHex(Bytes.encode(value)));
  }

  private static String identifier(Map<String, Object> testCase) {
    String source = (String) testCase.get("source");
    return "split-identifier".equals(testCase.get("topic"))
        ? differ("components", testCase.get("components"), Names.split(source))
        : differ("value", testCase.get("value"), Names.unquote(source));
  }

  private static String tokens(Map<String, Object> testCase) {
    String source = (String) testCase.get("query");
    List<Map<String, Object>> found = new ArrayList<>();
    boolean invalid = false;
    for (Token token : Token.of(source)) {
      invalid |= token.kind() == Token.Kind.INVALID;
      found.add(describe(source, token));
    }
    if (testCase.containsKey("error") || invalid) {
      return differ("error", testCase.containsKey("error"), invalid);
    }
    return differ("tokens", testCase.get("tokens"), found);
  }

  private static Map<String, Object> describe(String source, Token token) {
    String before = source.substring(0, token.start());
    int lineStart = before.lastIndexOf('\n') + 1;
    Map<String, Object> found = new HashMap<>();
    String text = token.text(source);
    found.put("type", type(token.kind(), text));
    found.put("value", text);
    found.put("offset", (long) Bytes.length(before));
    found.put("line", before.chars().filter(c -> c == '\n').count() + 1);
    found.put("column", (long) before.codePointCount(lineStart, before.length()) + 1);
    return found;
  }

  private static String type(Token.Kind kind, String text) {
    return switch (kind) {
      case KEYWORD -> text.toUpperCase(java.util.Locale.ROOT).replaceAll("\\s", "");
      case BOOL -> "BOOL";
      case NAME -> "Ident";
      case NEGATED_NAME -> "SymbolIdent";
      case NUMBER -> "Number";
      case STRING -> "String";
      case RAW_STRING -> "MultilineString";
      case BARS -> "AlternativeOR";
      case AMPERSANDS -> "AlternativeAND";
      case OPERATOR -> "Operators";
      case BLOCK_COMMENT -> "MLineComment";
      case DASH_COMMENT -> "VQLComment";
      case SLASH_COMMENT -> "Comment";
      case INVALID -> "";
    };
  }

  static String differ(String what, Object expected, Object found) {
    return Objects.equals(expected, found)
        ? null
        : what + ": expected " + expected + " but found " + found;
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> maps(Object list) {
    return (List<Map<String, Object>>) list;
  }
}
