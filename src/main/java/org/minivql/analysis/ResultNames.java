package org.minivql.analysis;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.minivql.syntax.Literals;
import org.minivql.syntax.Names;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.PluginCall;
import org.minivql.syntax.tree.Span;
import org.minivql.value.regex.Regexes;

/**
 * Finds rules that wait for results by a pattern and read them by a name: once a custom version of
 * the artifact is installed, the pattern still matches, and nothing is read.
 */
final class ResultNames {
  private static final String EVENT_MEMBER = "artifacts_with_results";
  private static final String CUSTOM = "Custom.";

  private final List<Finding> findings;
  private final List<Pattern> patterns = new ArrayList<>();
  private final List<Read> reads = new ArrayList<>();

  private record Read(String name, Span span) {}

  ResultNames(List<Finding> findings) {
    this.findings = findings;
  }

  void comparison(Expr.Comparison comparison) {
    if (comparison.operator().equals("=~")
        && comparison.left() instanceof Expr.Symbol symbol
        && Names.unquote(symbol.path().get(symbol.path().size() - 1)).equals(EVENT_MEMBER)
        && comparison.right() instanceof Expr.StringLiteral literal) {
      try {
        String text = Literals.string(literal.source());
        patterns.add(Regexes.compile(text, Pattern.CASE_INSENSITIVE));
      } catch (PatternSyntaxException e) {
        // The run says so; it matches nothing.
        return;
      }
    }
  }

  void plugin(PluginCall call) {
    String artifact = Literal.text(call.arguments(), "artifact");
    if (Names.unquote(call.path().get(0)).equals("source") && artifact != null) {
      String source = Literal.text(call.arguments(), "source");
      reads.add(
          new Read(
              source == null ? artifact : artifact + "/" + source,
              Literal.named(call.arguments(), "artifact").span()));
    }
  }

  /** What can be said when the whole program was seen. */
  void end() {
    for (Read read : reads) {
      String custom = CUSTOM + read.name();
      boolean matched =
          !read.name().startsWith(CUSTOM)
              && patterns.stream()
                  .anyMatch(p -> p.matcher(read.name()).find() && p.matcher(custom).find());
      if (matched) {
        findings.add(
            new Finding(
                Finding.Rule.RESULT_NAME,
                read.span(),
                "the condition matches "
                    + custom
                    + ", too, which source() does not read; take the name from the event"));
      }
    }
  }
}
