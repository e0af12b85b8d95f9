package org.minivql.cli.verify;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.minivql.analysis.Finding;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/** Findings in the format that code hosts read (SARIF 2.1.0). */
final class Sarif {
  private Sarif() {}

  static String of(List<Verification.Located> findings) {
    List<Dict> rules = Arrays.stream(Finding.Rule.values()).map(Sarif::rule).toList();
    Dict driver = Dict.of("name", "vql", "rules", rules);
    Dict run =
        Dict.of(
            "tool",
            Dict.of("driver", driver),
            "columnKind",
            "unicodeCodePoints",
            "results",
            findings.stream().map(Sarif::result).toList());
    return Json.indented(
            Dict.of(
                "$schema",
                "https://json.schemastore.org/sarif-2.1.0.json",
                "version",
                "2.1.0",
                "runs",
                List.of(run)))
        + "\n";
  }

  private static Dict rule(Finding.Rule rule) {
    return Dict.of(
        "id",
        rule.id(),
        "shortDescription",
        Dict.of("text", rule.doc()),
        "defaultConfiguration",
        Dict.of("level", level(rule)));
  }

  private static Dict result(Verification.Located located) {
    Dict region =
        Dict.of("startLine", (long) located.line(), "startColumn", (long) located.column());
    Dict place = Dict.of("artifactLocation", Dict.of("uri", uri(located.file())), "region", region);
    return Dict.of(
        "ruleId",
        located.finding().rule().id(),
        "level",
        level(located.finding().rule()),
        "message",
        Dict.of("text", located.finding().message()),
        "locations",
        List.of(Dict.of("physicalLocation", place)));
  }

  /** A reference to a file, relative where its name is. */
  private static String uri(String file) {
    Path path = Path.of(file);
    if (path.isAbsolute()) {
      return path.toUri().toString();
    }
    // Below a root of one character, so that a colon in a name does not read as a scheme.
    String root = Path.of("/").toUri().toString();
    String uri = Path.of("/").resolve(path).toUri().toString();
    String relative = uri.substring(root.length());
    return relative.indexOf(':') < 0 ? relative : "./" + relative;
  }

  static String level(Finding.Rule rule) {
    return rule.severity() == Finding.Severity.ERROR ? "error" : "warning";
  }
}
