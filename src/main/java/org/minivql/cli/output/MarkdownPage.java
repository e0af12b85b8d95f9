package org.minivql.cli.output;

import java.util.List;
import java.util.stream.Collectors;
import org.minivql.spi.Parameter;
import org.minivql.spi.Signature;

/** The page of the reference about one builtin, as Markdown. */
public final class MarkdownPage {
  private MarkdownPage() {}

  /** The page: a heading of the second level and what belongs to it. */
  public static String of(Signature signature) {
    StringBuilder out = new StringBuilder();
    out.append("## `").append(signature.name()).append("()`, ");
    out.append(ReferencePage.kind(signature)).append("\n\n");
    out.append("`").append(ReferencePage.synopsis(signature)).append("`\n\n");
    out.append(text(signature.doc())).append('\n');
    if (!signature.parameters().isEmpty()) {
      out.append("\n| argument | type | required | default | meaning |\n|---|---|---|---|---|\n");
      signature.parameters().forEach(parameter -> row(out, parameter));
    }
    if (!signature.columns().isEmpty()) {
      out.append("\nColumns: ").append(codes(signature.columns())).append(".\n");
    }
    if (!signature.permission().isEmpty()) {
      out.append("\nPermission: `").append(signature.permission()).append("`.\n");
    }
    out.append("\nVersion: ").append(signature.version()).append(".\n");
    if (!signature.examples().isEmpty()) {
      out.append("\nExamples, each run as a test:\n\n```vql\n");
      signature.examples().forEach(example -> out.append(example).append('\n'));
      out.append("```\n");
    }
    return out.toString();
  }

  private static void row(StringBuilder out, Parameter parameter) {
    String missing = parameter.defaultValue();
    out.append("| `").append(parameter.name()).append("` | ").append(parameter.type().text());
    out.append(" | ").append(parameter.required() ? "yes" : "no");
    out.append(" | ").append(missing.isEmpty() ? "" : codes(List.of(missing)));
    out.append(" | ").append(text(parameter.doc())).append(" |\n");
  }

  private static String codes(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  private static String text(String doc) {
    return doc.replaceAll("([\\\\|*_<>`\\[\\]])", "\\\\$1");
  }
}
