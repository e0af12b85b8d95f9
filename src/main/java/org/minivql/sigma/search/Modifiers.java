package org.minivql.sigma.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.minivql.sigma.reader.Located;
import org.minivql.sigma.reader.RuleException;

/**
 * The modifiers of a field, sorted by what they do.
 *
 * @param written as written
 * @param transforms what is done to each wanted value, in order
 * @param comparator how values are compared; empty for equality
 * @param all whether all values must be found
 * @param cased whether case counts
 * @param negated whether the opposite is wanted
 * @param flags flags of a regular expression
 */
record Modifiers(
    List<String> written,
    List<String> transforms,
    String comparator,
    boolean all,
    boolean cased,
    boolean negated,
    String flags) {
  private static final Set<String> TRANSFORMS =
      Set.of("base64", "base64offset", "wide", "utf16le", "utf16be", "utf16", "windash", "expand");
  private static final Set<String> TIME_PARTS =
      Set.of("minute", "hour", "day", "week", "month", "year");
  private static final Set<String> COMPARATORS =
      Set.of(
          "contains",
          "startswith",
          "endswith",
          "re",
          "cidr",
          "gt",
          "gte",
          "lt",
          "lte",
          "vql",
          "exists",
          "fieldref");

  /** What the server knows; the standard knows more. */
  private static final Set<String> ON_SERVER =
      Set.of(
          "contains",
          "startswith",
          "endswith",
          "re",
          "all",
          "cidr",
          "base64",
          "base64offset",
          "wide",
          "windash",
          "expand",
          "gt",
          "gte",
          "lt",
          "lte",
          "vql");

  /** Reads what follows the name of a field. */
  static Modifiers parse(Located.Member key, List<String> names) throws RuleException {
    List<String> transforms = new ArrayList<>();
    List<String> comparators = new ArrayList<>();
    StringBuilder flags = new StringBuilder();
    for (String name : names) {
      if (TRANSFORMS.contains(name)) {
        transforms.add(name);
      } else if (COMPARATORS.contains(name) || TIME_PARTS.contains(name)) {
        comparators.add(name);
      } else if (comparators.contains("re") && Set.of("i", "m", "s").contains(name)) {
        flags.append(name);
      } else if (!Set.of("all", "cased", "neq").contains(name)) {
        throw key.error("unknown modifier " + name);
      }
    }
    return new Modifiers(
        names,
        transforms,
        single(key, comparators),
        names.contains("all"),
        names.contains("cased"),
        names.contains("neq"),
        flags.toString());
  }

  private static String single(Located.Member key, List<String> comparators) throws RuleException {
    if (comparators.isEmpty()) {
      return "";
    }
    // A part of text may be compared with another field's; all others stand alone.
    List<String> rest = new ArrayList<>(comparators);
    if (rest.size() == 2 && rest.remove("fieldref")) {
      return "fieldref|" + rest.get(0);
    }
    if (comparators.size() > 1) {
      throw key.error(
          "modifiers " + comparators.get(0) + " and " + comparators.get(1) + " exclude each other");
    }
    return comparators.get(0);
  }

  boolean isTimePart() {
    return TIME_PARTS.contains(comparator);
  }

  /** Those that work here and in the standard but not on the server. */
  List<String> unknownOnServer() {
    return written.stream().filter(name -> !ON_SERVER.contains(name)).toList();
  }
}
