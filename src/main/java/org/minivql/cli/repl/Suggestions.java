package org.minivql.cli.repl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.minivql.spi.Parameter;
import org.minivql.spi.Signature;
import org.minivql.syntax.Token;

/** What can stand at a place of a text, from the words before it. */
final class Suggestions {
  private static final List<String> STATEMENTS = List.of("SELECT", "LET", "EXPLAIN");
  private static final List<String> CLAUSES =
      List.of(
          "FROM",
          "WHERE",
          "GROUP BY",
          "ORDER BY",
          "LIMIT",
          "AS",
          "AND",
          "OR",
          "NOT",
          "IN",
          "DESC",
          "NULL",
          "TRUE",
          "FALSE");

  private final Vocabulary vocabulary;
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private final String word;
  private final List<Suggestion> found = new ArrayList<>();

  private Suggestions(Vocabulary vocabulary, String text, int cursor) {
    this.vocabulary = vocabulary;
    this.text = text;
    this.word = text.substring(wordStart(text, cursor), cursor);
    int start = cursor - word.length();
    for (Token token : Token.of(text)) {
      if (token.end() <= start) {
        tokens.add(token);
      }
    }
  }

  /** Where the word before the cursor begins: letters, digits and dots. */
  static int wordStart(String text, int cursor) {
    int start = cursor;
    while (start > 0) {
      char c = text.charAt(start - 1);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '.') {
        break;
      }
      start--;
    }
    return start;
  }

  /** The suggestions for the word before the cursor, the likeliest kind first. */
  static List<Suggestion> at(Vocabulary vocabulary, String text, int cursor) {
    Suggestions suggestions = new Suggestions(vocabulary, text, cursor);
    suggestions.find();
    return suggestions.found;
  }

  private void find() {
    String before = previous();
    if (before.isEmpty()) {
      add(STATEMENTS, "keyword", true);
    } else if (before.equals("FROM")) {
      sources();
    } else if (before.equals("LIMIT")) {
      return;
    } else {
      Signature call = before.equals("(") || before.equals(",") ? enclosingCall() : null;
      if (call != null) {
        arguments(call);
      }
      if (call == null || call.open()) {
        columns();
        expression();
      }
    }
  }

  private String previous() {
    return tokens.isEmpty()
        ? ""
        : tokens.get(tokens.size() - 1).text(text).toUpperCase(Locale.ROOT);
  }

  private void sources() {
    add(vocabulary.variables(), "definition", true);
    for (String name : vocabulary.plugins()) {
      call(name, "plugin", vocabulary.plugin(name));
    }
    for (String name : vocabulary.artifacts()) {
      add("Artifact." + name + "(", "artifact", "", false);
    }
  }

  private void expression() {
    add(vocabulary.variables(), "variable", true);
    for (String name : vocabulary.functions()) {
      call(name, "function", vocabulary.function(name));
    }
    add(CLAUSES, "keyword", true);
    add(STATEMENTS, "keyword", true);
  }

  private void call(String name, String group, Signature signature) {
    add(name + "(", group, signature == null ? "" : firstSentence(signature.doc()), false);
  }

  /** Where the next argument of a call begins nothing but its name can stand. */
  private void arguments(Signature signature) {
    for (Parameter parameter : signature.parameters()) {
      String need = parameter.required() ? " (required)" : "";
      add(parameter.name() + "=", "argument", parameter.doc() + need, false);
    }
  }

  private Signature enclosingCall() {
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.get(i).text(text)) {
        case "(", "[", "{" -> open.push(i);
        case ")", "]", "}" -> open.poll();
        default -> {
          // Only brackets matter here.
        }
      }
    }
    int last = open.isEmpty() ? -1 : open.peek() - 1;
    if (last < 0 || tokens.get(last).kind() != Token.Kind.NAME) {
      return null;
    }
    int first = last;
    while (first > 1 && tokens.get(first - 1).text(text).equals(".")) {
      first -= 2;
    }
    boolean isPlugin = first > 0 && tokens.get(first - 1).text(text).equalsIgnoreCase("FROM");
    String called = text.substring(tokens.get(first).start(), tokens.get(last).end());
    return isPlugin ? vocabulary.plugin(called) : vocabulary.function(called);
  }

  /** The columns of what the statement reads from, wherever the FROM stands. */
  private void columns() {
    List<Token> all = Token.of(text);
    for (int i = 0; i + 1 < all.size(); i++) {
      if (all.get(i).text(text).equalsIgnoreCase("FROM")) {
        int end = i + 1;
        while (end + 2 < all.size() && all.get(end + 1).text(text).equals(".")) {
          end += 2;
        }
        String source = text.substring(all.get(i + 1).start(), all.get(end).end());
        add(vocabulary.columns(source), "column", true);
      }
    }
  }

  private void add(Collection<String> names, String group, boolean complete) {
    for (String name : names) {
      add(name, group, "", complete);
    }
  }

  private void add(String name, String group, String doc, boolean complete) {
    if (name.regionMatches(true, 0, word, 0, word.length())) {
      found.add(new Suggestion(name, group, doc, complete));
    }
  }

  private static String firstSentence(String doc) {
    int end = doc.indexOf(". ");
    return end < 0 ? doc : doc.substring(0, end + 1);
  }
}
