package org.minivql.yara;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Compiles conditions, the loosest binding operators first. */
final class ConditionParser {
  private static final int DEEPEST = 200;
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> TEXTS =
      Set.of(
          "contains", "icontains", "startswith", "istartswith", "endswith", "iendswith", "iequals");
  private static final List<Set<String>> LEVELS =
      List.of(
          Set.of("|"),
          Set.of("^"),
          Set.of("&"),
          Set.of("<<", ">>"),
          Set.of("+", "-"),
          Set.of("*", "\\", "%"));
  private static final String INTEGER = "u?int(8|16|32)(be)?";

  private final Tokens tokens;
  private final List<RuleString> strings;
  private final Names names;
  private int depth;

  /** The names that a condition may use. */
  interface Names {
    /** The rules before this one whose names match. */
    List<String> rules(String name);

    /** Whether the caller gave a variable of that name. */
    boolean external(String name);
  }

  ConditionParser(Tokens tokens, List<RuleString> strings, Names names) {
    this.tokens = tokens;
    this.strings = strings;
    this.names = names;
  }

  Condition expression() throws YaraException {
    if (++depth > DEEPEST) {
      throw tokens.error("condition is nested deeper than " + DEEPEST + " levels");
    }
    List<Condition> terms = new ArrayList<>(List.of(and()));
    while (tokens.take("or")) {
      terms.add(and());
    }
    depth--;
    return terms.size() == 1
        ? terms.get(0)
        : scan -> terms.stream().anyMatch(term -> term.holds(scan));
  }

  private Condition and() throws YaraException {
    List<Condition> terms = new ArrayList<>(List.of(not()));
    while (tokens.take("and")) {
      terms.add(not());
    }
    return terms.size() == 1
        ? terms.get(0)
        : scan -> terms.stream().allMatch(term -> term.holds(scan));
  }

  private Condition not() throws YaraException {
    boolean not = false;
    while (tokens.take("not")) {
      not = !not;
    }
    if (tokens.take("defined")) {
      Condition operand = comparison();
      boolean wanted = !not;
      return scan -> (operand.eval(scan) != null) == wanted;
    }
    Condition operand = comparison();
    return not ? scan -> !operand.holds(scan) : operand;
  }

  private Condition comparison() throws YaraException {
    Condition left = binary(0);
    while (true) {
      String sign = tokens.peek().text();
      boolean isSign = tokens.peek().kind() == Token.Kind.SIGN;
      boolean isWord = tokens.peek().kind() == Token.Kind.WORD;
      Condition before = left;
      if (isSign && COMPARISONS.contains(sign)) {
        tokens.next();
        Condition right = binary(0);
        left = scan -> Values.compare(sign, before.eval(scan), right.eval(scan));
      } else if (isWord && TEXTS.contains(sign)) {
        tokens.next();
        Condition right = binary(0);
        left = scan -> Values.text(sign, before.eval(scan), right.eval(scan));
      } else if (tokens.take("matches")) {
        Token token = tokens.next();
        if (token.kind() != Token.Kind.PATTERN) {
          throw tokens.unexpected(token);
        }
        Pattern pattern = Patterns.regex(token.text(), token.flags(), false, token.line());
        left =
            scan ->
                before.eval(scan) instanceof String text
                    ? (Object) pattern.matcher(scan.watched(text)).find()
                    : null;
      } else {
        return left;
      }
    }
  }

  private Condition binary(int level) throws YaraException {
    if (level == LEVELS.size()) {
      return unary();
    }
    Condition left = binary(level + 1);
    while (tokens.peek().kind() == Token.Kind.SIGN
        && LEVELS.get(level).contains(tokens.peek().text())) {
      String sign = tokens.next().text();
      Condition before = left;
      Condition right = binary(level + 1);
      left = scan -> Values.arithmetic(sign, before.eval(scan), right.eval(scan));
    }
    return left;
  }

  private Condition unary() throws YaraException {
    if (tokens.take("-")) {
      Condition operand = deeper();
      return scan -> Values.arithmetic("-", 0L, operand.eval(scan));
    }
    if (tokens.take("~")) {
      Condition operand = deeper();
      return scan -> Values.arithmetic("^", -1L, operand.eval(scan));
    }
    return primary();
  }

  private Condition deeper() throws YaraException {
    if (++depth > DEEPEST) {
      throw tokens.error("condition is nested deeper than " + DEEPEST + " levels");
    }
    Condition operand = unary();
    depth--;
    return operand;
  }

  private Condition primary() throws YaraException {
    Token token = tokens.next();
    switch (token.kind()) {
      case NUMBER:
        Condition number = constant(Numbers.of(token));
        return quantified(number, token);
      case TEXT:
        return constant(token.text());
      case STRING_NAME:
        return string(token);
      case SIGN:
        if (token.text().equals("(")) {
          Condition inner = expression();
          tokens.expect(")");
          return quantified(inner, token);
        }
        throw tokens.unexpected(token);
      case WORD:
        return word(token);
      default:
        throw tokens.unexpected(token);
    }
  }

  private static Condition constant(Object value) {
    return scan -> value;
  }

  private Condition word(Token token) throws YaraException {
    String word = token.text();
    switch (word) {
      case "true", "false":
        return constant(word.equals("true"));
      case "filesize":
        return scan -> (long) scan.data().length();
      case "entrypoint":
        return constant(null);
      case "all", "any", "none":
        return new Sets(this, tokens, strings, names).of(Quantifier.word(word));
      case "for":
        return new Sets(this, tokens, strings, names).loop();
      default:
        break;
    }
    if (word.matches(INTEGER)) {
      tokens.expect("(");
      Condition at = expression();
      tokens.expect(")");
      return scan -> Values.integer(word, scan.data(), at.eval(scan));
    }
    if (tokens.isVariable(word) || names.external(word)) {
      return quantified(scan -> scan.external(word), token);
    }
    if (!names.rules(word).isEmpty()) {
      return scan -> scan.matched(word);
    }
    throw new YaraException(token.line(), "undefined identifier \"" + word + "\"");
  }

  /** A number before {@code of} says how many; with a percent sign, which part. */
  private Condition quantified(Condition number, Token token) throws YaraException {
    if (tokens.peek().is("%") && tokens.peekSecond().is("of")) {
      tokens.next();
      return new Sets(this, tokens, strings, names).of(Quantifier.percent(number));
    }
    return tokens.peek().is("of") && token.kind() != Token.Kind.TEXT
        ? new Sets(this, tokens, strings, names).of(Quantifier.least(number))
        : number;
  }

  /** A string with what may follow it: {@code at}, {@code in}, an index. */
  private Condition string(Token token) throws YaraException {
    char sign = token.text().charAt(0);
    Reference reference = reference("$" + token.text().substring(1), token.line());
    switch (sign) {
      case '$':
        return place(reference);
      case '#':
        if (tokens.take("in")) {
          Condition[] range = range();
          return scan -> count(scan, reference.string(scan), range);
        }
        return scan -> (long) scan.hits(reference.string(scan)).size();
      default:
        Condition index = constant(1L);
        if (tokens.take("[")) {
          index = expression();
          tokens.expect("]");
        }
        Condition at = index;
        return scan -> hit(scan, reference.string(scan), at.eval(scan), sign);
    }
  }

  /** Names a string of the rule, or the one that a loop is at. */
  interface Reference {
    RuleString string(Scan scan);
  }

  private Reference reference(String name, int line) throws YaraException {
    if (name.equals("$")) {
      return scan -> scan.current().peek();
    }
    for (RuleString string : strings) {
      if (string.name().equals(name)) {
        return scan -> string;
      }
    }
    throw new YaraException(line, "undefined string \"" + name + "\"");
  }

  private static Object hit(Scan scan, RuleString string, Object index, char sign) {
    List<Hit> hits = scan.hits(string);
    if (!(index instanceof Long i) || i < 1 || i > hits.size()) {
      return null;
    }
    Hit hit = hits.get((int) (i - 1));
    return sign == '@' ? (long) hit.offset() : (long) hit.length();
  }

  private Condition place(Reference reference) throws YaraException {
    if (tokens.take("at")) {
      Condition at = binary(0);
      return scan -> count(scan, reference.string(scan), new Condition[] {at, at}) > 0;
    }
    if (tokens.take("in")) {
      Condition[] range = range();
      return scan -> count(scan, reference.string(scan), range) > 0;
    }
    return scan -> !scan.hits(reference.string(scan)).isEmpty();
  }

  /** How many hits begin in a range, both ends included. */
  static long count(Scan scan, RuleString string, Condition[] range) {
    Object from = range[0].eval(scan);
    Object to = range[1].eval(scan);
    if (!(from instanceof Long first) || !(to instanceof Long last)) {
      return 0;
    }
    return scan.hits(string).stream()
        .filter(hit -> hit.offset() >= first && hit.offset() <= last)
        .count();
  }

  /** {@code (from..to)}. */
  Condition[] range() throws YaraException {
    tokens.expect("(");
    Condition from = expression();
    tokens.expect("..");
    Condition to = expression();
    tokens.expect(")");
    return new Condition[] {from, to};
  }
}
