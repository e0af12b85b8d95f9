package org.minivql.sigma.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.minivql.sigma.event.Field;
import org.minivql.sigma.event.Fields;
import org.minivql.sigma.reader.Host;
import org.minivql.sigma.reader.Located;
import org.minivql.sigma.reader.Located.Mapping;
import org.minivql.sigma.reader.Located.Member;
import org.minivql.sigma.reader.Notes;
import org.minivql.sigma.reader.RuleException;
import org.minivql.value.Lambda;

/** Turns the searches of a rule into tests. */
public final class SearchCompiler {
  private static final Set<String> PARTS = Set.of("contains", "startswith", "endswith");

  private final Fields fields;
  private final Host host;
  private final boolean standard;
  private final Notes notes;
  private final List<FieldUse> uses = new ArrayList<>();

  /** A field that is not mapped, and where a rule asks for it. */
  public record FieldUse(Field field, int line, int column, Notes notes) {}

  public SearchCompiler(Fields fields, Host host, boolean standard, Notes notes) {
    this.fields = fields;
    this.host = host;
    this.standard = standard;
    this.notes = notes;
  }

  /** The fields met so far that are not mapped. */
  public List<FieldUse> uses() {
    return uses;
  }

  public Search compile(Member search) throws RuleException {
    List<FieldTest[]> alternatives = new ArrayList<>();
    List<Predicate<String>> keywords = new ArrayList<>();
    List<Object> shown = new ArrayList<>();
    for (Located item : search.value().items()) {
      if (item.value() instanceof Mapping mapping && !mapping.members().isEmpty()) {
        alternatives.add(entries(mapping));
      } else if (item.isScalar() && item.value() != null) {
        keywords.add(keyword(item.text()));
        shown.add(item.value());
      } else {
        throw item.error("search " + search.name() + " has an entry that is no field and no text");
      }
    }
    if (alternatives.isEmpty() && keywords.isEmpty()) {
      throw search.error("search " + search.name() + " is empty");
    }
    return new Search(search.name(), alternatives, keywords, shown);
  }

  /** The server looks for the text as it is written; the standard knows wildcards here, too. */
  private Predicate<String> keyword(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return standard ? Glob.of(wanted, true, true).inJson()::matches : json -> json.contains(wanted);
  }

  private FieldTest[] entries(Mapping mapping) throws RuleException {
    List<FieldTest> entries = new ArrayList<>();
    for (Member member : mapping.members()) {
      entries.add(entry(member));
    }
    return entries.toArray(new FieldTest[0]);
  }

  private FieldTest entry(Member member) throws RuleException {
    List<String> parts = Arrays.asList(member.name().split("\\|", -1));
    Modifiers modifiers = Modifiers.parse(member, parts.subList(1, parts.size()));
    for (String name : standard ? List.<String>of() : modifiers.unknownOnServer()) {
      notes.warn(
          null, member.line(), member.column(), "the server does not know the modifier " + name);
    }
    List<Located> items = member.value().items();
    for (Located item : items) {
      if (!item.isScalar()) {
        throw item.error("field " + parts.get(0) + " has a value that is no text or number");
      }
    }
    Field field = fields.of(parts.get(0));
    boolean whole = parts.get(0).isEmpty();
    if (!whole && !field.mapped()) {
      uses.add(new FieldUse(field, member.line(), member.column(), notes));
    }
    boolean equality = modifiers.comparator().isEmpty() && !whole;
    List<ValueTest> tests =
        equality && !standard && !modifiers.all() && modifiers.transforms().isEmpty()
            ? grouped(member, items)
            : each(items, modifiers, whole);
    return new FieldTest(
        field,
        modifiers.written(),
        items.stream().map(Located::value).toList(),
        tests.toArray(new ValueTest[0]),
        modifiers.all(),
        modifiers.negated(),
        whole ? null : atoms(field, items, modifiers),
        equality && !standard && !modifiers.cased() ? nearMiss(member, items) : null);
  }

  private List<ValueTest> each(List<Located> items, Modifiers modifiers, boolean whole)
      throws RuleException {
    if (!standard && !modifiers.all() && PARTS.contains(modifiers.comparator())) {
      return List.of(parts(items, modifiers));
    }
    List<ValueTest> tests = new ArrayList<>();
    for (Located item : items) {
      tests.add(test(item, modifiers, whole));
    }
    return tests;
  }

  /** Texts to be found somewhere are looked for in one test. */
  private ValueTest parts(List<Located> items, Modifiers modifiers) {
    List<String> texts = new ArrayList<>();
    for (Located item : items) {
      texts.addAll(Variants.of(item.text(), modifiers.transforms(), host::placeholder));
    }
    return ValueTests.part(modifiers.comparator(), modifiers.cased(), texts.toArray(new String[0]));
  }

  /** Equality with many values is one look into a set. */
  private List<ValueTest> grouped(Member member, List<Located> items) {
    List<ValueTest> tests = new ArrayList<>();
    Set<String> texts = new LinkedHashSet<>();
    List<Long> numbers = new ArrayList<>();
    for (Located item : items) {
      if (item.value() == null) {
        tests.add(missing(member));
      } else if (item.value() instanceof String text) {
        warnOfWildcards(member, item, text);
        texts.add(text);
      } else if (item.value() instanceof Long number) {
        texts.add(number.toString());
        numbers.add(number);
      } else {
        tests.add(ValueTests.equal(item.value()));
      }
    }
    if (!texts.isEmpty()) {
      tests.add(ValueTests.oneOf(texts, numbers));
    }
    return tests;
  }

  private ValueTest missing(Member member) {
    String name = member.name().split("\\|", -1)[0];
    // On the server a field that is not mapped is never missing.
    return standard || fields.of(name).mapped()
        ? ValueTests.missing()
        : (event, field) -> event.value(field) == null;
  }

  private void warnOfWildcards(Member member, Located item, String text) {
    if (Glob.any(text)) {
      notes.warn(
          "Q-41",
          item.line(),
          item.column(),
          member.name() + ": * and ? in '" + text + "' are no wildcards on the server");
    }
  }

  private ValueTest test(Located item, Modifiers modifiers, boolean whole) throws RuleException {
    if (item.value() == null && modifiers.comparator().isEmpty()) {
      return ValueTests.missing();
    }
    String comparator =
        whole && modifiers.comparator().isEmpty() ? "contains" : modifiers.comparator();
    if (whole && standard && modifiers.comparator().isEmpty() && modifiers.transforms().isEmpty()) {
      Predicate<String> keyword = keyword(item.text());
      return (event, field) -> keyword.test(event.json());
    }
    if (modifiers.isTimePart()) {
      return ValueTests.timePart(item, comparator);
    }
    return switch (comparator) {
      case "gt", "gte", "lt", "lte" -> ValueTests.compare(item, comparator);
      case "exists" -> ValueTests.exists(!Boolean.FALSE.equals(item.value()));
      case "cidr" -> ValueTests.network(item, item.text());
      case "vql" -> ValueTests.lambda(lambda(item));
      case "fieldref" -> ValueTests.otherField(fields.of(item.text()), "", modifiers.cased());
      default ->
          comparator.startsWith("fieldref|")
              ? ValueTests.otherField(
                  fields.of(item.text()), comparator.substring(9), modifiers.cased())
              : textual(item, modifiers, comparator);
    };
  }

  private ValueTest textual(Located item, Modifiers modifiers, String comparator)
      throws RuleException {
    boolean plain = comparator.isEmpty() && modifiers.transforms().isEmpty();
    if (!(item.value() instanceof String) && plain && !standard) {
      return ValueTests.equal(item.value());
    }
    List<ValueTest> tests = new ArrayList<>();
    for (String text : Variants.of(item.text(), modifiers.transforms(), host::placeholder)) {
      tests.add(variant(item, modifiers, comparator, text));
    }
    return ValueTests.any(tests);
  }

  private ValueTest variant(Located item, Modifiers modifiers, String comparator, String text)
      throws RuleException {
    if (comparator.equals("re")) {
      String flags = modifiers.flags();
      return ValueTests.regex(item, text, standard || flags.contains("i") ? flags : flags + "i");
    }
    if (standard) {
      return ValueTests.glob(comparator, text, modifiers.cased());
    }
    return comparator.isEmpty()
        ? ValueTests.oneOf(Set.of(text), List.of())
        : ValueTests.part(comparator, modifiers.cased(), text);
  }

  private Lambda lambda(Located item) throws RuleException {
    try {
      return host.lambda(item.text());
    } catch (RuntimeException e) {
      throw item.error("lambda " + item.text() + ": " + e.getMessage());
    }
  }

  /** What of the entry can be looked for in many rules at once. */
  private List<Atom> atoms(Field field, List<Located> items, Modifiers modifiers) {
    String comparator = modifiers.comparator();
    if (modifiers.negated() || !comparator.isEmpty() && !PARTS.contains(comparator)) {
      return null;
    }
    List<Atom> rarest = null;
    List<Atom> union = new ArrayList<>();
    for (Located item : items) {
      List<Atom> one = atoms(field, item, modifiers);
      if (one == null && !modifiers.all()) {
        return null;
      }
      rarest = Atom.rarer(rarest, one);
      union.addAll(one == null ? List.of() : one);
    }
    return modifiers.all() ? rarest : union;
  }

  private List<Atom> atoms(Field field, Located item, Modifiers modifiers) {
    // Other values can be equal to one with another text.
    if (!(item.value() instanceof String) && !(item.value() instanceof Long)) {
      return null;
    }
    List<Atom> atoms = new ArrayList<>();
    for (String text : Variants.of(item.text(), modifiers.transforms(), host::placeholder)) {
      if (standard && Glob.any(text)) {
        return null;
      }
      String wanted = standard ? Glob.literal(text) : text;
      Atom atom = Atom.of(field, modifiers.comparator(), wanted, modifiers.cased());
      if (atom == null) {
        return null;
      }
      atoms.add(atom);
    }
    return atoms;
  }

  private NearMiss nearMiss(Member member, List<Located> items) {
    List<String> wanted = new ArrayList<>();
    for (Located item : items) {
      if (item.value() instanceof String text) {
        wanted.add(text);
      }
    }
    if (wanted.isEmpty()) {
      return null;
    }
    return new NearMiss(
        wanted,
        (field, text, found) ->
            notes.warn(
                "Q-41",
                member.line(),
                member.column(),
                field.name()
                    + ": '"
                    + found
                    + "' is not '"
                    + text
                    + "', case counts on the server"));
  }
}
