package org.minivql.builtin.template;

import java.util.Map;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;

/** Text from a template with actions in double braces. */
final class Templates {
  private Templates() {}

  @VqlFunction(
      name = "template",
      version = 2,
      doc =
          "The text of a template: {{ .Name }} inserts a member of the expansion, pipelines call"
              + " functions ({{ .Name | upper }}), and if, with, range, define and template control"
              + " what is written.",
      onError = ErrorValue.FALSE,
      examples = {
        "template(template='Dear {{ .Name | upper }}!', expansion=dict(Name='Eva'))"
            + " => \"Dear EVA!\"",
        "template(template='{{ range .L }}<{{ . }}>{{ else }}none{{ end }}',"
            + " expansion=dict(L=(1, 2))) => \"<1><2>\"",
        "template(template='{{ Get .D \"a.b\" \"-\" }} {{ Get .D \"z\" \"-\" }}',"
            + " expansion=dict(D=dict(a=dict(b=5)))) => \"5 -\"",
        "template(template='{{ .Nobody }}', expansion=dict()) => \"<no value>\"",
        "template(template='{{ if gt .N 1 }}many{{ else }}few{{ end }}', expansion=dict(N=2))"
            + " => \"many\"",
        "template(template='<b>{{ .T }}</b>', expansion=dict(T='a<b'), html=TRUE)"
            + " => \"<b>a&lt;b</b>\"",
        "template(template='{{ if }}', expansion=dict()) => null"
      })
  static Object template(
      CallContext context,
      @Arg(value = "The template.", required = true) String template,
      @Arg(value = "What the template can insert.", required = true) Dict expansion,
      @Arg("Escape what is inserted for HTML.") boolean html) {
    try {
      Map<String, Node> defined =
          context.siteState(Cache::new).parsed(template.replace("\\\n", ""));
      return Bytes.joined(new TemplateRun(context.scope(), defined, html).run(expansion));
    } catch (TemplateException e) {
      context.log(e.getMessage());
      return null;
    }
  }

  /** Keeps the last template of a place in the query: it is usually the same for all rows. */
  private static final class Cache {
    private String text;
    private Map<String, Node> defined;

    synchronized Map<String, Node> parsed(String template) {
      if (!template.equals(text)) {
        defined = new TemplateParser(template).parse();
        text = template;
      }
      return defined;
    }
  }
}
