package org.minivql.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minivql.sigma.event.Field;
import org.minivql.sigma.event.Fields;
import org.minivql.sigma.reader.Located;
import org.minivql.sigma.reader.Located.Mapping;
import org.minivql.sigma.reader.Located.Member;
import org.minivql.sigma.reader.Notes;
import org.minivql.sigma.reader.RuleException;

/**
 * What a correlation rule counts.
 *
 * @param type {@code event_count}, {@code value_count} or {@code temporal}
 * @param rules names or ids of the rules whose matches count
 * @param groupBy the fields whose values keep matches apart
 * @param span the length of the window, in seconds
 * @param valueField the field whose different values are counted, or null
 * @param limits what the count is compared with
 * @param generate whether the rules also show their own matches
 */
record Correlation(
    String type,
    List<String> rules,
    List<Field> groupBy,
    double span,
    Field valueField,
    List<Limit> limits,
    boolean generate) {
  private static final Set<String> TYPES = Set.of("event_count", "value_count", "temporal");
  private static final Set<String> KNOWN =
      Set.of("type", "rules", "group-by", "timespan", "condition", "generate");
  private static final Set<String> LIMITS = Set.of("gt", "gte", "lt", "lte", "eq");
  private static final Pattern SPAN = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ms|[smhdw])");
  private static final double DEFAULT_SPAN = 300;

  /** A comparison of the count. */
  record Limit(String operator, long number) {
    boolean holds(long count) {
      return switch (operator) {
        case "gt" -> count > number;
        case "gte" -> count >= number;
        case "lt" -> count < number;
        case "lte" -> count <= number;
        default -> count == number;
      };
    }
  }

  boolean holds(long count) {
    for (Limit limit : limits) {
      if (!limit.holds(count)) {
        return false;
      }
    }
    return true;
  }

  /** Reads the member {@code correlation} of a rule. */
  static Correlation read(Member member, Fields fields, boolean standard, Notes notes)
      throws RuleException {
    if (!(member.value().value() instanceof Mapping mapping)) {
      throw member.error("correlation is no mapping");
    }
    Member type = required(member, mapping, "type");
    if (!TYPES.contains(type.value().text())) {
      throw type.value().error("Unsupported correlation type " + type.value().text());
    }
    for (Member other : mapping.members()) {
      if (!KNOWN.contains(other.name())) {
        notes.warn(
            null, other.line(), other.column(), other.name() + " of correlations is ignored");
      }
    }
    List<String> rules = texts(required(member, mapping, "rules"));
    Member condition = mapping.get("condition");
    if (condition != null && !(condition.value().value() instanceof Mapping)) {
      throw condition.value().error("condition of a correlation is a mapping");
    }
    Member field = inside(condition, "field");
    if (type.value().text().equals("value_count") && field == null) {
      throw member.error("value_count needs condition.field");
    }
    List<Field> groupBy = new ArrayList<>();
    if (mapping.get("group-by") != null) {
      texts(mapping.get("group-by")).forEach(name -> groupBy.add(fields.of(name)));
    }
    Member generate = mapping.get("generate");
    return new Correlation(
        type.value().text(),
        rules,
        groupBy,
        span(mapping.get("timespan"), standard),
        field == null ? null : fields.of(field.value().text()),
        limits(type, rules, condition, standard, notes),
        standard && generate != null && Boolean.TRUE.equals(generate.value().value()));
  }

  private static Member required(Member owner, Mapping mapping, String name) throws RuleException {
    Member member = mapping.get(name);
    if (member == null || member.value().value() == null) {
      throw owner.error("correlation without " + name);
    }
    return member;
  }

  private static Member inside(Member member, String name) {
    return member != null && member.value().value() instanceof Mapping mapping
        ? mapping.get(name)
        : null;
  }

  private static List<String> texts(Member member) throws RuleException {
    List<String> texts = new ArrayList<>();
    for (Located item : member.value().items()) {
      if (!item.isScalar() || item.value() == null) {
        throw item.error(member.name() + " is a list of names");
      }
      texts.add(item.text());
    }
    return texts;
  }

  private static List<Limit> limits(
      Member type, List<String> rules, Member condition, boolean standard, Notes notes)
      throws RuleException {
    List<Limit> limits = new ArrayList<>();
    if (condition != null && condition.value().value() instanceof Mapping mapping) {
      for (Member member : mapping.members()) {
        if (LIMITS.contains(member.name())) {
          limit(limits, member, standard, notes);
        } else if (!member.name().equals("field")) {
          throw member.error("unknown correlation condition " + member.name());
        }
      }
    }
    if (limits.isEmpty() && type.value().text().equals("temporal")) {
      limits.add(new Limit("gte", rules.size()));
    }
    if (limits.isEmpty()) {
      throw type.error("correlation without a condition");
    }
    return limits;
  }

  private static void limit(List<Limit> limits, Member member, boolean standard, Notes notes)
      throws RuleException {
    if (!(member.value().value() instanceof Long number)) {
      throw member.value().error(member.name() + " needs a number");
    }
    if (!standard && (member.name().equals("gt") || member.name().equals("lt"))) {
      notes.warn(null, member.line(), member.column(), "the server ignores " + member.name());
      return;
    }
    limits.add(new Limit(member.name(), number));
  }

  private static double span(Member member, boolean standard) throws RuleException {
    if (member == null || member.value().value() == null) {
      return DEFAULT_SPAN;
    }
    String text = member.value().text();
    Matcher matcher = SPAN.matcher(text);
    double seconds = 0;
    int at = 0;
    while (matcher.find() && matcher.start() == at) {
      String unit = matcher.group(2);
      if (!standard && (unit.equals("d") || unit.equals("w"))) {
        throw member.value().error("unknown unit " + unit + " in timespan " + text);
      }
      seconds += Double.parseDouble(matcher.group(1)) * unit(unit);
      at = matcher.end();
    }
    if (at == 0 || at < text.length()) {
      throw member.value().error("invalid timespan " + text);
    }
    return seconds;
  }

  private static double unit(String unit) {
    return switch (unit) {
      case "ms" -> 0.001;
      case "s" -> 1;
      case "m" -> 60;
      case "h" -> 3600;
      case "d" -> 86_400;
      default -> 604_800;
    };
  }
}
