package org.minivql.cli.output;

import java.util.List;
import java.util.stream.Collectors;
import org.minivql.spi.Parameter;
import org.minivql.spi.Signature;

/** The page of the reference about one builtin, drawn from its declaration. */
public final class ReferencePage {
  private ReferencePage() {}

  /** The page as plain text; every line ends with a line break. */
  public static String of(Signature signature) {
    StringBuilder out = new StringBuilder();
    out.append(synopsis(signature)).append("  ").append(kind(signature)).append("\n\n");
    out.append("  ").append(signature.doc()).append('\n');
    parameters(out, signature);
    list(out, "Columns", signature.columns());
    if (!signature.permission().isEmpty()) {
      list(out, "Permission", List.of(signature.permission()));
    }
    if (signature.version() > 0) {
      list(out, "Version", List.of(Integer.toString(signature.version())));
    }
    list(out, "Examples", signature.examples());
    return out.toString();
  }

  /** The call with its arguments; those that may be left out stand in brackets. */
  static String synopsis(Signature signature) {
    String arguments =
        signature.parameters().stream()
            .map(p -> p.required() ? p.name() + "=" : "[" + p.name() + "=]")
            .collect(Collectors.joining(", "));
    String more = signature.open() ? arguments.isEmpty() ? "…" : ", …" : "";
    return signature.name() + "(" + arguments + more + ")";
  }

  /** What sort of call it is, in words. */
  static String kind(Signature signature) {
    String kind = signature.kind() == Signature.Kind.PLUGIN ? "plugin" : "function";
    return signature.endless()
        ? "event " + kind
        : signature.aggregate() ? "aggregate " + kind : kind;
  }

  private static void parameters(StringBuilder out, Signature signature) {
    if (signature.parameters().isEmpty()) {
      return;
    }
    int names = 0;
    int types = 0;
    for (Parameter parameter : signature.parameters()) {
      names = Math.max(names, parameter.name().length());
      types = Math.max(types, parameter.type().text().length());
    }
    out.append("\nArguments\n");
    for (Parameter p : signature.parameters()) {
      out.append("  ").append(pad(p.name(), names)).append("  ");
      out.append(pad(p.type().text(), types)).append("  ").append(p.doc());
      if (p.required()) {
        out.append(" (required)");
      } else if (!p.defaultValue().isEmpty()) {
        out.append(" (default ").append(p.defaultValue()).append(')');
      }
      out.append('\n');
    }
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static void list(StringBuilder out, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      out.append('\n').append(title).append('\n');
      lines.forEach(line -> out.append("  ").append(line).append('\n'));
    }
  }
}
