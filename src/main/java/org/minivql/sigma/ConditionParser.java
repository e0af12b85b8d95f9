package org.minivql.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.minivql.sigma.reader.Located;
import org.minivql.sigma.reader.RuleException;
import org.minivql.sigma.search.Glob;
import org.minivql.value.Dict;

/** Reads conditions: {@code not} binds tighter than {@code and}, {@code and} than {@code or}. */
final class ConditionParser {
  private static final int DEEPEST = 200;

  private final Located source;
  private final String text;
  private final List<String> searches;
  private final boolean standard;
  private final List<String> undefined = new ArrayList<>();
  private int at;
  private int depth;

  /**
   * @param searches the names of the rule's searches
   * @param standard whether {@code them} leaves out names that start with an underscore and
   *     undefined names are errors
   */
  ConditionParser(Located source, List<String> searches, boolean standard) {
    this.source = source;
    this.text = source.text();
    this.searches = searches;
    this.standard = standard;
  }

  /** Names the condition uses that are not searches of the rule. */
  List<String> undefined() {
    return undefined;
  }

  Condition parse() throws RuleException {
    Condition condition = or();
    skipBlanks();
    if (at < text.length() && text.charAt(at) == '|') {
      return new Condition.Never(condition);
    }
    if (at < text.length()) {
      throw unexpected();
    }
    return condition;
  }

  private RuleException unexpected() {
    return at >= text.length()
        ? error("unexpected end of condition")
        : error("unexpected '" + text.substring(at).split("\\s+")[0] + "' in condition");
  }

  private RuleException error(String message) {
    // A condition in a block scalar starts on the line after its place; then only the line is near.
    return new RuleException(source.line(), source.column() + at, message);
  }

  private Condition or() throws RuleException {
    List<Condition> parts = new ArrayList<>();
    do {
      parts.add(and());
    } while (keyword("or"));
    return parts.size() == 1 ? parts.get(0) : new Condition.Or(parts);
  }

  private Condition and() throws RuleException {
    List<Condition> parts = new ArrayList<>();
    do {
      parts.add(not());
    } while (keyword("and"));
    return parts.size() == 1 ? parts.get(0) : new Condition.And(parts);
  }

  private Condition not() throws RuleException {
    if (++depth > DEEPEST) {
      throw error("condition nested too deeply");
    }
    Condition condition = keyword("not") ? new Condition.Not(not()) : primary();
    depth--;
    return condition;
  }

  private Condition primary() throws RuleException {
    skipBlanks();
    if (at < text.length() && text.charAt(at) == '(') {
      at++;
      Condition inner = or();
      skipBlanks();
      if (at >= text.length() || text.charAt(at) != ')') {
        throw unexpected();
      }
      at++;
      return inner;
    }
    int start = at;
    String word = word();
    String lower = word.toLowerCase(Locale.ROOT);
    if ((lower.equals("1") || lower.equals("any") || lower.equals("all")) && keyword("of")) {
      return quantified(lower.equals("all"));
    }
    if (word.isEmpty() || lower.equals("and") || lower.equals("or") || lower.equals("of")) {
      at = start;
      throw unexpected();
    }
    return named(word, start);
  }

  private Condition named(String word, int start) throws RuleException {
    int search = searches.indexOf(word);
    if (search < 0 && standard) {
      at = start;
      throw error("undefined search " + word + " in condition");
    }
    if (search < 0) {
      undefined.add(word);
    }
    return new Condition.Named(word, search);
  }

  private Condition quantified(boolean all) throws RuleException {
    skipBlanks();
    String word = word();
    if (word.isEmpty()) {
      throw unexpected();
    }
    if (word.equalsIgnoreCase("them")) {
      return new Condition.Quantified(all, them(), Dict.EMPTY);
    }
    boolean pattern = word.indexOf('*') >= 0 || word.indexOf('?') >= 0;
    Glob glob = Glob.of(word, false, false);
    int[] meant = indexes(name -> glob.matches(name));
    Object shown = pattern ? Dict.of("Pattern", word) : Dict.of("Ident", Dict.of("Name", word));
    if (meant.length == 0) {
      undefined.add(word);
    }
    return new Condition.Quantified(all, meant, shown);
  }

  private int[] them() {
    return indexes(name -> !standard || !name.startsWith("_"));
  }

  private int[] indexes(Predicate<String> wanted) {
    return IntStream.range(0, searches.size()).filter(i -> wanted.test(searches.get(i))).toArray();
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private String word() {
    int start = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || "_-.*?:".indexOf(c) >= 0;
  }

  private boolean keyword(String keyword) {
    skipBlanks();
    int end = at + keyword.length();
    if (text.regionMatches(true, at, keyword, 0, keyword.length())
        && (end == text.length() || !isWord(text.charAt(end)))) {
      at = end;
      return true;
    }
    return false;
  }
}
