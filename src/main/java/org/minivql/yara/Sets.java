package org.minivql.yara;

import java.util.ArrayList;
import java.util.List;

/** Conditions about several strings, rules or numbers: {@code of} and {@code for}. */
final class Sets {
  private final ConditionParser conditions;
  private final Tokens tokens;
  private final List<RuleString> strings;
  private final ConditionParser.Names names;

  Sets(
      ConditionParser conditions,
      Tokens tokens,
      List<RuleString> strings,
      ConditionParser.Names names) {
    this.conditions = conditions;
    this.tokens = tokens;
    this.strings = strings;
    this.names = names;
  }

  /** What follows a quantifier: {@code of them}, {@code of ($a*, $b) in (0..10)}. */
  Condition of(Quantifier quantifier) throws YaraException {
    tokens.expect("of");
    if (tokens.peek().is("(") && tokens.peekSecond().kind() == Token.Kind.WORD) {
      return rules(quantifier);
    }
    List<RuleString> set = set();
    Condition[] range = null;
    if (tokens.take("in")) {
      range = conditions.range();
    } else if (tokens.take("at")) {
      Condition at = conditions.expression();
      range = new Condition[] {at, at};
    }
    Condition[] within = range;
    return scan -> {
      long holding =
          set.stream()
              .filter(
                  string ->
                      within == null
                          ? !scan.hits(string).isEmpty()
                          : ConditionParser.count(scan, string, within) > 0)
              .count();
      return quantifier.enough(scan, holding, set.size());
    };
  }

  private Condition rules(Quantifier quantifier) throws YaraException {
    List<String> rules = new ArrayList<>();
    tokens.expect("(");
    do {
      String name = tokens.name();
      boolean many = tokens.take("*");
      List<String> found = names.rules(many ? name + "*" : name);
      if (found.isEmpty()) {
        throw tokens.error("undefined identifier \"" + name + "\"");
      }
      rules.addAll(found);
    } while (tokens.take(","));
    tokens.expect(")");
    return scan ->
        quantifier.enough(scan, rules.stream().filter(scan::matched).count(), rules.size());
  }

  /** {@code them}, or names of strings, which may end with a star. */
  private List<RuleString> set() throws YaraException {
    if (tokens.take("them")) {
      if (strings.isEmpty()) {
        throw tokens.error("undefined string \"$*\"");
      }
      return strings;
    }
    List<RuleString> set = new ArrayList<>();
    tokens.expect("(");
    do {
      Token token = tokens.next();
      if (token.kind() != Token.Kind.STRING_NAME) {
        throw tokens.unexpected(token);
      }
      String name = token.text();
      List<RuleString> found =
          strings.stream()
              .filter(
                  string ->
                      name.endsWith("*")
                          ? string.name().startsWith(name.substring(0, name.length() - 1))
                          : string.name().equals(name))
              .toList();
      if (found.isEmpty()) {
        throw new YaraException(token.line(), "undefined string \"" + name + "\"");
      }
      set.addAll(found);
    } while (tokens.take(","));
    tokens.expect(")");
    return set;
  }

  /** What follows {@code for}: a quantifier, then strings or a variable with its values. */
  Condition loop() throws YaraException {
    Quantifier quantifier = quantifier();
    if (tokens.take("of")) {
      List<RuleString> set = set();
      Condition body = body();
      return scan -> strings(scan, quantifier, set, body);
    }
    String variable = tokens.name();
    tokens.expect("in");
    List<Condition> values = values();
    boolean isNew = tokens.variables().add(variable);
    Condition body = body();
    if (isNew) {
      tokens.variables().remove(variable);
    }
    return scan -> numbers(scan, quantifier, variable, values, body);
  }

  private Quantifier quantifier() throws YaraException {
    for (String word : List.of("all", "any", "none")) {
      if (tokens.take(word)) {
        return Quantifier.word(word);
      }
    }
    Token token = tokens.peek();
    if (token.kind() == Token.Kind.NUMBER) {
      tokens.next();
      Object number = Numbers.of(token);
      return Quantifier.least(scan -> number);
    }
    return Quantifier.least(conditions.expression());
  }

  private Condition body() throws YaraException {
    tokens.expect(":");
    tokens.expect("(");
    Condition body = conditions.expression();
    tokens.expect(")");
    return body;
  }

  /** One value for a list, two with null between them for a range. */
  private List<Condition> values() throws YaraException {
    List<Condition> values = new ArrayList<>();
    tokens.expect("(");
    values.add(conditions.expression());
    if (tokens.take("..")) {
      values.add(null);
      values.add(conditions.expression());
    } else {
      while (tokens.take(",")) {
        values.add(conditions.expression());
      }
    }
    tokens.expect(")");
    return values;
  }

  private static boolean strings(
      Scan scan, Quantifier quantifier, List<RuleString> set, Condition body) {
    long holding = 0;
    for (RuleString string : set) {
      scan.current().push(string);
      holding += body.holds(scan) ? 1 : 0;
      scan.current().pop();
    }
    return quantifier.enough(scan, holding, set.size());
  }

  private static boolean numbers(
      Scan scan, Quantifier quantifier, String variable, List<Condition> values, Condition body) {
    Object outer = scan.external(variable);
    long holding = 0;
    long all = 0;
    boolean isRange = values.size() == 3 && values.get(1) == null;
    if (isRange) {
      Object from = values.get(0).eval(scan);
      Object to = values.get(2).eval(scan);
      if (!(from instanceof Long first) || !(to instanceof Long last)) {
        return false;
      }
      for (long i = first; i <= last; i++) {
        if (!scan.wanted()) {
          return false;
        }
        scan.set(variable, i);
        holding += body.holds(scan) ? 1 : 0;
        all++;
        // What is enough of endlessly many stays enough.
        if (holding > 0 && quantifier.enough(scan, holding, Long.MAX_VALUE)) {
          break;
        }
      }
    } else {
      for (Condition value : values) {
        scan.set(variable, value.eval(scan));
        holding += body.holds(scan) ? 1 : 0;
        all++;
      }
    }
    scan.set(variable, outer);
    return quantifier.enough(scan, holding, all);
  }
}
