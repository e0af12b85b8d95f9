package org.minivql.artifact;

import java.util.List;
import org.minivql.syntax.Token;

/** The definitions at the top of a compiled artifact that convert its parameters. */
final class Preamble {
  private Preamble() {}

  /** One definition a typed parameter, in declaration order. */
  static String of(Artifact artifact) {
    StringBuilder text = new StringBuilder();
    for (ArtifactParameter parameter : artifact.parameters()) {
      String name = quote(parameter.name());
      String conversion = conversion(parameter.type(), name);
      if (conversion != null) {
        text.append("LET ").append(name).append(" <= ").append(conversion).append('\n');
      }
    }
    return text.toString();
  }

  private static String conversion(String type, String p) {
    return switch (type) {
      case "int", "int64", "integer" -> "int(int=" + p + ")";
      case "float" -> "parse_float(string=" + p + ")";
      case "bool" -> p + " = TRUE OR " + p + " =~ \"(?i)^(Y|TRUE|YES|OK)$\"";
      case "timestamp" -> "timestamp(epoch=" + p + ")";
      case "csv", "artifactset" ->
          "SELECT * FROM if(condition="
              + text(p)
              + ", then={ SELECT * FROM parse_csv(filename="
              + p
              + ", accessor=\"data\") }, else="
              + p
              + ")";
      case "json" -> whenText(p, "parse_json(data=" + p + ")");
      case "json_array", "regex_array", "multichoice" ->
          whenText(p, "parse_json_array(data=" + p + ")");
      case "xml" -> whenText(p, "parse_xml(file=" + p + ", accessor=\"data\")");
      case "yaml" -> whenText(p, "parse_yaml(filename=" + p + ", accessor=\"data\")");
      case "starlark" -> whenText(p, "starl(code=" + p + ")");
      case "upload" -> download(p, "http_client(url=" + p + ")");
      case "upload_file" -> download(p, "http_client(url=" + p + ", tempfile_extension=\".tmp\")");
      default -> null;
    };
  }

  private static String whenText(String p, String parsed) {
    return "if(condition=" + text(p) + ", then=" + parsed + ", else=" + p + ")";
  }

  private static String text(String p) {
    return "format(format=\"%T\", args=[" + p + ", ]) =~ \"string\"";
  }

  private static String download(String p, String request) {
    return "if(condition=" + p + ", then={ SELECT Content FROM " + request + " }).Content[0]";
  }

  /** In backticks unless it reads as a name; words of the language do not. */
  private static String quote(String name) {
    List<Token> tokens = Token.of(name);
    boolean plain =
        tokens.equals(List.of(new Token(Token.Kind.NAME, 0, name.length())))
            && name.charAt(0) != '`';
    return plain ? name : "`" + name + "`";
  }
}
