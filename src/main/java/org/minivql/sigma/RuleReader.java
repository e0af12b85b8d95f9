package org.minivql.sigma;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.minivql.sigma.event.Fields;
import org.minivql.sigma.reader.Host;
import org.minivql.sigma.reader.Located;
import org.minivql.sigma.reader.Located.Mapping;
import org.minivql.sigma.reader.Located.Member;
import org.minivql.sigma.reader.Notes;
import org.minivql.sigma.reader.RuleException;
import org.minivql.sigma.search.Search;
import org.minivql.sigma.search.SearchCompiler;
import org.minivql.sigma.search.SearchCompiler.FieldUse;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;

/** Makes rules of YAML documents. */
final class RuleReader {
  private static final Set<String> KNOWN =
      Set.of(
          "title",
          "logsource",
          "detection",
          "id",
          "name",
          "status",
          "description",
          "author",
          "level",
          "references",
          "tags",
          "details",
          "vql",
          "vql_args",
          "enrichment",
          "correlation");

  private final Fields fields;
  private final Host host;
  private final boolean standard;

  RuleReader(Fields fields, Host host, boolean standard) {
    this.fields = fields;
    this.host = host;
    this.standard = standard;
  }

  /** The title of a document that may be no rule at all; empty where it has none. */
  static String title(Located document) {
    if (document.value() instanceof Mapping mapping && mapping.get("title") != null) {
      return mapping.get("title").value().text();
    }
    return "";
  }

  /**
   * Reads a rule.
   *
   * @param file what to call its text
   */
  Rule read(Located document, String file) throws RuleException {
    if (!(document.value() instanceof Mapping rule)) {
      throw document.error("a rule is a mapping");
    }
    String title = title(document);
    if (title.isEmpty()) {
      throw document.error("no title set");
    }
    Notes notes = new Notes(host, file, title);
    Member correlation = rule.get("correlation");
    if (correlation != null) {
      Dict shown = shown(rule, List.of(), List.of());
      return assemble(
          rule,
          new Rule.Header(title, text(rule, "name"), text(rule, "id"), shown),
          null,
          Detection.NONE,
          Correlation.read(correlation, fields, standard, notes),
          notes);
    }
    LogSource source = source(document, rule);
    Detection detection = detection(document, rule, notes);
    Dict shown = shown(rule, detection.searches, detection.conditions);
    return assemble(
        rule,
        new Rule.Header(title, text(rule, "name"), text(rule, "id"), shown),
        source,
        detection,
        null,
        notes);
  }

  private record Detection(
      List<Search> searches, List<Condition> conditions, List<FieldUse> unmapped) {
    static final Detection NONE = new Detection(List.of(), List.of(), List.of());
  }

  private Rule assemble(
      Mapping rule,
      Rule.Header header,
      LogSource source,
      Detection detection,
      Correlation correlation,
      Notes notes)
      throws RuleException {
    String details = text(rule, "details");
    Member variables = rule.get("vql_args");
    return new Rule(
        header,
        source,
        detection.searches,
        detection.conditions,
        details.isEmpty() ? null : Details.parse(details, fields),
        lambda(rule, "vql"),
        lambda(rule, "enrichment"),
        variables != null && variables.value().plain() instanceof Dict dict ? dict : Dict.EMPTY,
        correlation,
        detection.unmapped,
        notes);
  }

  private Lambda lambda(Mapping rule, String name) throws RuleException {
    Member member = rule.get(name);
    if (member == null || member.value().value() == null) {
      return null;
    }
    try {
      return host.lambda(member.value().text());
    } catch (RuntimeException e) {
      throw member.value().error(name + ": " + e.getMessage());
    }
  }

  private static LogSource source(Located document, Mapping rule) throws RuleException {
    Member member = rule.get("logsource");
    if (member == null) {
      throw document.error("No logsource specified");
    }
    if (!(member.value().value() instanceof Mapping mapping)) {
      throw member.error("No logsource specified");
    }
    LogSource source =
        new LogSource(
            text(mapping, "category"), text(mapping, "product"), text(mapping, "service"));
    if (source.equals(new LogSource("", "", ""))) {
      throw member.error("No logsource specified");
    }
    return source;
  }

  private Detection detection(Located document, Mapping rule, Notes notes) throws RuleException {
    Member member = rule.get("detection");
    if (member == null) {
      throw document.error("no detection");
    }
    if (!(member.value().value() instanceof Mapping mapping)) {
      throw member.error("no detection");
    }
    if (mapping.get("timeframe") != null) {
      throw mapping
          .get("timeframe")
          .error("In rule " + title(document) + ": Timeframe detections not supported");
    }
    SearchCompiler compiler = new SearchCompiler(fields, host, standard, notes);
    List<Search> searches = new ArrayList<>();
    for (Member search : mapping.members()) {
      if (!search.name().equals("condition")) {
        searches.add(compiler.compile(search));
      }
    }
    if (searches.isEmpty()) {
      throw member.error("a detection without searches");
    }
    searches.sort(Comparator.comparing(Search::name));
    return new Detection(searches, conditions(member, mapping, searches, notes), compiler.uses());
  }

  private List<Condition> conditions(
      Member detection, Mapping mapping, List<Search> searches, Notes notes) throws RuleException {
    List<String> names = searches.stream().map(Search::name).toList();
    Member member = mapping.get("condition");
    if (member == null || member.value().value() == null) {
      return unconditional(detection, names, notes);
    }
    List<Condition> conditions = new ArrayList<>();
    for (Located item : member.value().items()) {
      ConditionParser parser = new ConditionParser(item, names, standard);
      Condition condition = parser.parse();
      conditions.add(condition);
      for (String name : parser.undefined()) {
        notes.warn(
            null, item.line(), item.column(), "condition names " + name + ", which is no search");
      }
      if (condition instanceof Condition.Never) {
        notes.warn(null, item.line(), item.column(), "an aggregation is never true");
      }
    }
    return conditions;
  }

  private List<Condition> unconditional(Member detection, List<String> names, Notes notes)
      throws RuleException {
    if (names.size() == 1) {
      return List.of(new Condition.Named(names.get(0), 0));
    }
    if (standard) {
      throw detection.error("several searches and no condition");
    }
    notes.warn(
        "Q-42",
        detection.line(),
        detection.column(),
        "several searches and no condition: it never matches");
    return List.of();
  }

  private static String text(Mapping mapping, String name) {
    Member member = mapping.get(name);
    return member == null || !member.value().isScalar() ? "" : member.value().text();
  }

  private static Object list(Mapping mapping, String name) {
    Member member = mapping.get(name);
    if (member == null || member.value().value() == null) {
      return List.of();
    }
    List<Object> items = new ArrayList<>();
    member.value().items().forEach(item -> items.add(item.plain()));
    return items;
  }

  private static Dict shown(Mapping rule, List<Search> searches, List<Condition> conditions) {
    Dict.Builder named = Dict.builder();
    searches.forEach(search -> named.set(search.name(), search.shown()));
    List<Object> shownConditions = new ArrayList<>();
    conditions.forEach(c -> shownConditions.add(Dict.of("Search", c.shown())));
    Dict detection = Dict.of("Searches", named.build(), "Condition", shownConditions);
    TreeMap<String, Object> others = new TreeMap<>();
    for (Member member : rule.members()) {
      if (!KNOWN.contains(member.name())) {
        others.put(member.name(), member.value().plain());
      }
    }
    return Dict.of(
        "Title",
        text(rule, "title"),
        "Logsource",
        logsource(rule),
        "Detection",
        detection,
        "Id",
        text(rule, "id"),
        "status",
        text(rule, "status"),
        "Description",
        text(rule, "description"),
        "Author",
        text(rule, "author"),
        "Level",
        text(rule, "level"),
        "References",
        list(rule, "references"),
        "Tags",
        list(rule, "tags"),
        "AdditionalFields",
        Dict.of(others));
  }

  private static Dict logsource(Mapping rule) {
    Dict.Builder source = Dict.builder();
    if (rule.get("logsource") != null
        && rule.get("logsource").value().value() instanceof Mapping mapping) {
      for (String name : List.of("Category", "Product", "Service", "Definition")) {
        String text = text(mapping, name.toLowerCase(Locale.ROOT));
        if (!text.isEmpty()) {
          source.set(name, text);
        }
      }
    }
    return source.build();
  }
}
