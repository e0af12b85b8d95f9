package org.minivql.yara;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;

/** Compiled rules. Immutable and safe for threads. */
public final class YaraRules {
  private static final String COMPILED = "YARA";

  private final List<Rule> rules;
  private final Map<String, Object> externals;

  private YaraRules(List<Rule> rules, Map<String, Object> externals) {
    this.rules = rules;
    this.externals = externals;
  }

  /**
   * Compiles rules.
   *
   * @param source the text of the rules, or the short form {@code wide nocase:one,two}
   * @param variables the external variables of conditions: texts, numbers and truth values
   * @throws YaraException where they cannot be used
   */
  public static YaraRules compile(String source, Dict variables) throws YaraException {
    if (source.startsWith(COMPILED)) {
      throw new YaraException(1, "rules compiled beforehand are not supported");
    }
    Map<String, Object> externals = new LinkedHashMap<>();
    variables.forEach(
        (name, value) -> externals.put(name, value instanceof String text ? latin(text) : value));
    List<Rule> rules = new RuleParser(latin(expanded(source.strip())), externals.keySet()).rules();
    if (rules.isEmpty()) {
      throw new YaraException(1, "there is no rule");
    }
    return new YaraRules(rules, externals);
  }

  private static String latin(String text) {
    byte[] bytes = Bytes.encode(text);
    return Latin.text(bytes, bytes.length);
  }

  /** The short form spelt out. */
  private static String expanded(String source) {
    int colon = source.indexOf(':');
    if (colon < 0 || !source.substring(0, colon).matches("((wide|ascii|nocase|fullword)\\s*)*")) {
      return source;
    }
    String modifiers = source.substring(0, colon);
    StringBuilder out = new StringBuilder("rule X { strings:");
    int number = 0;
    for (String text : source.substring(colon + 1).split(",")) {
      String quoted = text.strip().replace("\\", "\\\\").replace("\"", "\\\"");
      out.append(" $a").append(number++).append(" = \"").append(quoted).append("\" ");
      out.append(modifiers);
    }
    return out.append(" condition: any of them }").toString();
  }

  /**
   * A match: of a rule, and of one of its strings where it has any.
   *
   * @param rule the name of the rule
   * @param tags its tags
   * @param meta what it says about itself; null where it says nothing
   * @param string the name of the string with its dollar sign; empty for a match of the rule alone
   * @param offset where the string begins in the bytes
   * @param length its length in bytes
   */
  public record Match(
      String rule, List<String> tags, Dict meta, String string, int offset, int length) {}

  /**
   * Scans bytes, which are all there is of a file for the rules.
   *
   * @param bytes the bytes
   * @param length how many of them there are
   * @param watch ends the scan early
   * @param out takes the matches, rule after rule, string after string, by offset; false ends
   * @return false when it was ended
   */
  public boolean scan(byte[] bytes, int length, Watch watch, Predicate<Match> out) {
    Scan scan = new Scan(Latin.text(bytes, length), externals, watch);
    List<Rule> matched = new ArrayList<>();
    for (Rule rule : rules) {
      boolean holds = rule.condition().holds(scan);
      if (holds) {
        scan.match(rule.name());
        matched.add(rule);
      } else if (rule.global()) {
        return true;
      }
    }
    for (Rule rule : matched) {
      if (!rule.hidden() && !report(scan, rule, out)) {
        return false;
      }
    }
    return true;
  }

  private static boolean report(Scan scan, Rule rule, Predicate<Match> out) {
    boolean any = false;
    for (RuleString string : rule.strings()) {
      for (Hit hit : scan.hits(string)) {
        any = true;
        if (!out.test(match(rule, string.name(), hit))) {
          return false;
        }
      }
    }
    return any || out.test(match(rule, "", new Hit(0, 0)));
  }

  private static Match match(Rule rule, String string, Hit hit) {
    return new Match(rule.name(), rule.tags(), rule.meta(), string, hit.offset(), hit.length());
  }
}
