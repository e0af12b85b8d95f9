package org.minivql.yara;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;

/** Reads rules. */
final class RuleParser {
  private static final Set<String> MODIFIERS =
      Set.of("nocase", "wide", "ascii", "fullword", "private", "xor", "base64", "base64wide");

  private final Tokens tokens;
  private final Set<String> externals;
  private final Map<String, Rule> rules = new LinkedHashMap<>();

  /**
   * A parser.
   *
   * @param source the rules, one character for each byte
   * @param externals the names of the variables that they may use
   */
  RuleParser(String source, Set<String> externals) throws YaraException {
    this.tokens = new Tokens(source);
    this.externals = externals;
  }

  List<Rule> rules() throws YaraException {
    while (tokens.peek().kind() != Token.Kind.END) {
      if (tokens.take("import")) {
        Token module = tokens.next();
        throw new YaraException(module.line(), "unknown module " + module);
      }
      if (tokens.take("include")) {
        throw tokens.error("includes are disabled");
      }
      rule();
    }
    return List.copyOf(rules.values());
  }

  private void rule() throws YaraException {
    boolean hidden = false;
    boolean global = false;
    while (tokens.peek().is("private") || tokens.peek().is("global")) {
      boolean isPrivate = tokens.next().is("private");
      hidden |= isPrivate;
      global |= !isPrivate;
    }
    tokens.expect("rule");
    int line = tokens.peek().line();
    String name = tokens.name();
    if (rules.containsKey(name)) {
      throw new YaraException(line, "duplicated identifier \"" + name + "\"");
    }
    List<String> tags = new ArrayList<>();
    if (tokens.take(":")) {
      while (tokens.peek().kind() == Token.Kind.WORD) {
        tags.add(tokens.name());
      }
    }
    tokens.expect("{");
    Dict meta = meta();
    List<RuleString> strings = strings();
    tokens.expect("condition");
    tokens.expect(":");
    Condition condition = new ConditionParser(tokens, strings, new Known()).expression();
    tokens.expect("}");
    rules.put(name, new Rule(name, tags, meta, hidden, global, strings, condition));
  }

  /** The names that are known where a condition stands. */
  private final class Known implements ConditionParser.Names {
    @Override
    public List<String> rules(String name) {
      return name.endsWith("*")
          ? rules.keySet().stream()
              .filter(rule -> rule.startsWith(name.substring(0, name.length() - 1)))
              .toList()
          : rules.containsKey(name) ? List.of(name) : List.of();
    }

    @Override
    public boolean external(String name) {
      return externals.contains(name);
    }
  }

  private Dict meta() throws YaraException {
    if (!tokens.take("meta")) {
      return null;
    }
    tokens.expect(":");
    Dict.Builder meta = Dict.builder();
    while (!tokens.peek().is("strings") && !tokens.peek().is("condition")) {
      String name = tokens.name();
      tokens.expect("=");
      boolean negative = tokens.take("-");
      Token value = tokens.next();
      meta.set(
          name,
          switch (value.kind()) {
            case TEXT -> Bytes.decode(Latin.bytes(value.text()));
            case NUMBER -> negative ? (Object) (-(Long) Numbers.of(value)) : Numbers.of(value);
            default -> {
              if (!value.is("true") && !value.is("false")) {
                throw tokens.unexpected(value);
              }
              yield value.is("true");
            }
          });
    }
    return meta.build();
  }

  private List<RuleString> strings() throws YaraException {
    List<RuleString> strings = new ArrayList<>();
    if (!tokens.take("strings")) {
      return strings;
    }
    tokens.expect(":");
    while (tokens.peek().kind() == Token.Kind.STRING_NAME) {
      Token name = tokens.next();
      tokens.expect("=");
      if (!name.text().equals("$")
          && strings.stream().anyMatch(s -> s.name().equals(name.text()))) {
        throw new YaraException(
            name.line(), "duplicated string identifier \"" + name.text() + "\"");
      }
      strings.add(new RuleString(name.text(), needles()));
    }
    return strings;
  }

  private List<Needle> needles() throws YaraException {
    if (tokens.peek().is("{")) {
      int line = tokens.peek().line();
      Needle hex = new PatternNeedle(Patterns.hex(tokens.braces(), line), false, false);
      modifiers();
      return List.of(hex);
    }
    Token value = tokens.next();
    if (value.kind() == Token.Kind.PATTERN) {
      return patterns(value, modifiers());
    }
    if (value.kind() != Token.Kind.TEXT) {
      throw tokens.unexpected(value);
    }
    if (value.text().isEmpty()) {
      throw new YaraException(value.line(), "empty string");
    }
    return texts(value.text(), modifiers());
  }

  /** The modifiers with what stands in their parentheses: two numbers, or null. */
  private Map<String, int[]> modifiers() throws YaraException {
    Map<String, int[]> modifiers = new LinkedHashMap<>();
    while (tokens.peek().kind() == Token.Kind.WORD && MODIFIERS.contains(tokens.peek().text())) {
      String name = tokens.name();
      modifiers.put(name, name.equals("xor") ? new int[] {0, 255} : null);
      if (tokens.take("(")) {
        if (!name.equals("xor")) {
          throw tokens.error("an alphabet of one's own is not supported");
        }
        int first = octet();
        modifiers.put(name, new int[] {first, tokens.take("-") ? octet() : first});
        tokens.expect(")");
      }
    }
    return modifiers;
  }

  private int octet() throws YaraException {
    Token token = tokens.next();
    if (token.kind() != Token.Kind.NUMBER
        || !(Numbers.of(token) instanceof Long number)
        || number < 0
        || number > 255) {
      throw tokens.unexpected(token);
    }
    return (int) (long) number;
  }

  private static List<Needle> patterns(Token value, Map<String, int[]> modifiers)
      throws YaraException {
    com.google.re2j.Pattern pattern =
        Patterns.regex(value.text(), value.flags(), modifiers.containsKey("nocase"), value.line());
    boolean wide = modifiers.containsKey("wide");
    boolean fullword = modifiers.containsKey("fullword");
    List<Needle> needles = new ArrayList<>();
    if (!wide || modifiers.containsKey("ascii")) {
      needles.add(new PatternNeedle(pattern, fullword, false));
    }
    if (wide) {
      needles.add(new PatternNeedle(pattern, fullword, true));
    }
    return needles;
  }

  private static List<Needle> texts(String text, Map<String, int[]> modifiers) {
    boolean nocase = modifiers.containsKey("nocase");
    boolean fullword = modifiers.containsKey("fullword");
    boolean wide = modifiers.containsKey("wide");
    List<Needle> needles = new ArrayList<>();
    if (modifiers.containsKey("base64") || modifiers.containsKey("base64wide")) {
      for (String encoded : encodings(text)) {
        if (modifiers.containsKey("base64")) {
          needles.add(new TextNeedle(encoded, false, false, false));
        }
        if (modifiers.containsKey("base64wide")) {
          needles.add(new TextNeedle(wide(encoded), false, false, true));
        }
      }
      return needles;
    }
    int[] keys = modifiers.getOrDefault("xor", new int[] {0, 0});
    for (int key = keys[0]; key <= keys[1]; key++) {
      if (!wide || modifiers.containsKey("ascii")) {
        needles.add(new TextNeedle(xor(text, key), nocase, fullword, false));
      }
      if (wide) {
        needles.add(new TextNeedle(xor(wide(text), key), nocase, fullword, true));
      }
    }
    return needles;
  }

  private static String wide(String text) {
    StringBuilder out = new StringBuilder(text.length() * 2);
    text.chars().forEach(c -> out.append((char) c).append('\0'));
    return out.toString();
  }

  private static String xor(String text, int key) {
    StringBuilder out = new StringBuilder(text.length());
    text.chars().forEach(c -> out.append((char) (c ^ key)));
    return out.toString();
  }

  /** What base64 makes of the text at each of three places, without what its neighbours decide. */
  private static List<String> encodings(String text) {
    List<String> encodings = new ArrayList<>();
    for (int before = 0; before < 3; before++) {
      byte[] bytes = Latin.bytes("\0".repeat(before) + text);
      String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
      int skipped = before == 0 ? 0 : before + 1;
      int cut = bytes.length % 3 == 0 ? 0 : 1;
      if (encoded.length() - cut > skipped) {
        encodings.add(encoded.substring(skipped, encoded.length() - cut));
      }
    }
    return encodings;
  }
}
