package org.minivql.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;

/**
 * Turns the annotated methods of a package into that package's {@code GeneratedCatalog}, and a bad
 * declaration into a compile error.
 *
 * <p>The catalog finds a builtin with a switch over its name and loads nothing else: tables of
 * lambdas or reflection would cost every start of the command line more than the query itself.
 */
public final class DeclarationProcessor extends AbstractProcessor {
  private static final String SPI = "org.minivql.spi.";
  private static final String VALUE = "org.minivql.value.";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("java.lang.Object", "ANY"),
          Map.entry("long", "INT"),
          Map.entry("java.lang.Long", "INT"),
          Map.entry("double", "FLOAT"),
          Map.entry("java.lang.Double", "FLOAT"),
          Map.entry("boolean", "BOOL"),
          Map.entry("java.lang.Boolean", "BOOL"),
          Map.entry("java.lang.String", "STRING"),
          Map.entry(SPI + "StringList", "STRING_LIST"),
          Map.entry("java.util.List<java.lang.Object>", "LIST"),
          Map.entry(SPI + "DictList", "DICT_LIST"),
          Map.entry(VALUE + "Dict", "DICT"),
          Map.entry(VALUE + "StoredQuery", "QUERY"),
          Map.entry(VALUE + "Lazy", "LAZY"),
          Map.entry(VALUE + "Lambda", "LAMBDA"),
          Map.entry(VALUE + "Timestamp", "TIME"));

  private record Declared(
      ExecutableElement method, AnnotationMirror annotation, boolean plugin, String name) {}

  private final Map<String, TreeMap<String, Declared>> byPackage = new TreeMap<>();

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(SPI + "VqlFunction", SPI + "VqlPlugin");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (TypeElement annotation : annotations) {
      boolean plugin = annotation.getSimpleName().contentEquals("VqlPlugin");
      for (ExecutableElement method :
          ElementFilter.methodsIn(round.getElementsAnnotatedWith(annotation))) {
        collect(method, mirror(method, annotation), plugin);
      }
    }
    // All declarations are source files, so the first round sees every one of them.
    byPackage.forEach(this::write);
    byPackage.clear();
    return true;
  }

  private void collect(ExecutableElement method, AnnotationMirror annotation, boolean plugin) {
    String name = text(annotation, "name");
    if (!method.getModifiers().contains(Modifier.STATIC)
        || method.getModifiers().contains(Modifier.PRIVATE)) {
      error(method, "a builtin is a static method that the package can call");
    }
    if (text(annotation, "doc").isBlank()) {
      error(method, name + " has no doc");
    }
    if (plugin != (method.getReturnType().getKind() == TypeKind.VOID)) {
      error(method, plugin ? "a plugin returns void" : "a function returns a value");
    }
    String pack =
        processingEnv.getElementUtils().getPackageOf(method).getQualifiedName().toString();
    Declared declared = new Declared(method, annotation, plugin, name);
    Declared before =
        byPackage
            .computeIfAbsent(pack, p -> new TreeMap<>())
            .put((plugin ? "p:" : "f:") + name, declared);
    if (before != null) {
      error(method, name + " is declared twice in " + pack);
    }
  }

  private void write(String pack, TreeMap<String, Declared> all) {
    StringBuilder source = new StringBuilder();
    source.append("package ").append(pack).append(";\n\n");
    source.append("import ").append(SPI).append("*;\nimport java.util.List;\n\n");
    source.append("/** The builtins of this package; generated from their declarations. */\n");
    source.append("public final class GeneratedCatalog implements Catalog {\n");
    source.append("  /** The catalog. */\n  public GeneratedCatalog() {}\n");
    names(source, all, false);
    names(source, all, true);
    find(source, all, false);
    find(source, all, true);
    source.append("  private static Parameter p(String name, ArgType type, boolean required,");
    source.append(" String defaultValue, String doc) {\n    return new Parameter(name, type,");
    source.append(" required, defaultValue, doc);\n  }\n");
    int index = 0;
    for (Declared declared : all.values()) {
      body(source, declared, index++);
    }
    source.append("}\n");
    Element[] origins = all.values().stream().map(Declared::method).toArray(Element[]::new);
    try (Writer out =
        processingEnv
            .getFiler()
            .createSourceFile(pack + ".GeneratedCatalog", origins)
            .openWriter()) {
      out.write(source.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void names(StringBuilder source, Map<String, Declared> all, boolean plugin) {
    source.append("\n  @Override\n  public List<String> ");
    source.append(plugin ? "plugins" : "functions").append("() {\n    return List.of(");
    String comma = "";
    for (Declared declared : all.values()) {
      if (declared.plugin() == plugin) {
        source.append(comma).append(quote(declared.name()));
        comma = ", ";
      }
    }
    source.append(");\n  }\n");
  }

  private static void find(StringBuilder source, Map<String, Declared> all, boolean plugin) {
    String type = plugin ? "Plugin" : "Function";
    source.append("\n  @Override\n  public Catalog.").append(type).append(' ');
    source.append(plugin ? "plugin" : "function").append("(String name) {\n");
    source.append("    return switch (name) {\n");
    int index = 0;
    for (Declared declared : all.values()) {
      if (declared.plugin() == plugin) {
        source.append("      case ").append(quote(declared.name())).append(" -> new Catalog.");
        source.append(type).append("(B").append(index).append(".signature(), new B");
        source.append(index).append("());\n");
      }
      index++;
    }
    source.append("      default -> null;\n    };\n  }\n\n");
  }

  private void body(StringBuilder source, Declared declared, int index) {
    List<String> arguments = arguments(declared);
    if (arguments == null) {
      return;
    }
    source.append("\n  private static final class B").append(index).append(" implements ");
    source.append(declared.plugin() ? "PluginBody" : "FunctionBody").append(" {\n");
    call(source, declared, arguments.size());
    signature(source, declared, arguments);
    source.append("  }\n");
  }

  /** The declarations of the named arguments; null where there is an error. */
  private List<String> arguments(Declared declared) {
    List<String> arguments = new ArrayList<>();
    for (VariableElement parameter : declared.method().getParameters()) {
      String type = parameter.asType().toString();
      AnnotationMirror arg = mirror(parameter, SPI + "Arg");
      if (arg != null) {
        String argType = TYPES.get(type);
        if (argType == null) {
          error(parameter, "an argument cannot be of type " + type);
          return null;
        }
        arguments.add(argument(parameter, arg, argType));
      } else if (!takesAll(parameter)
          && !type.equals(SPI + "CallContext")
          && !type.equals(VALUE + "Sink")) {
        error(parameter, "neither @Arg nor @AllArgs, CallContext or Sink");
        return null;
      }
    }
    return arguments;
  }

  private static boolean isOpen(Declared declared) {
    return declared.method().getParameters().stream().anyMatch(DeclarationProcessor::takesAll);
  }

  private static boolean takesAll(VariableElement parameter) {
    return mirror(parameter, SPI + "AllArgs") != null;
  }

  /** The values of named arguments come in their order, and behind them what has no name. */
  private static void call(StringBuilder source, Declared declared, int named) {
    List<String> values = new ArrayList<>();
    int slot = 0;
    for (VariableElement parameter : declared.method().getParameters()) {
      String type = parameter.asType().toString();
      if (mirror(parameter, SPI + "Arg") != null) {
        values.add(slot(type, slot++));
      } else if (takesAll(parameter)) {
        values.add(slot(VALUE + "Dict", named));
      } else {
        values.add(type.endsWith("Sink") ? "out" : "c");
      }
    }
    String owner =
        ((TypeElement) declared.method().getEnclosingElement()).getQualifiedName().toString();
    String invocation =
        owner + "." + declared.method().getSimpleName() + "(" + String.join(", ", values) + ")";
    source.append("    @Override\n");
    source.append("    @SuppressWarnings(\"unchecked\")\n");
    if (declared.plugin()) {
      source.append("    public void run(CallContext c, Object[] a, ").append(VALUE);
      source.append("Sink out) {\n      ").append(invocation).append(";\n    }\n\n");
    } else {
      source.append("    public Object call(CallContext c, Object[] a) {\n      return ");
      source.append(invocation).append(";\n    }\n\n");
      if (!isOpen(declared) && (named == 1 || named == 2)) {
        withoutArray(source, invocation, named);
      }
    }
  }

  /** The same without an array, for the few parameters that most functions have. */
  private static void withoutArray(StringBuilder source, String invocation, int named) {
    source.append("    @Override\n    @SuppressWarnings(\"unchecked\")\n    public Object ");
    source.append(
        named == 1 ? "callOne(CallContext c, Object a0" : "callTwo(CallContext c, Object a0");
    source.append(named == 1 ? "" : ", Object a1").append(") {\n      return ");
    source.append(invocation.replace("a[0]", "a0").replace("a[1]", "a1")).append(";\n    }\n\n");
  }

  private static String slot(String type, int index) {
    String cast = type.equals("java.lang.Object") ? "" : "(" + type + ") ";
    return cast + "a[" + index + "]";
  }

  private void signature(StringBuilder source, Declared declared, List<String> arguments) {
    AnnotationMirror a = declared.annotation();
    boolean plugin = declared.plugin();
    String logName = text(a, "logName");
    source.append("    static Signature signature() {\n      return new Signature(Signature.Kind.");
    source.append(plugin ? "PLUGIN, " : "FUNCTION, ");
    source.append(quote(declared.name())).append(", ").append(quote(text(a, "doc"))).append(", ");
    source
        .append("List.of(")
        .append(String.join(", ", arguments))
        .append("), ")
        .append(isOpen(declared));
    source.append(", ").append(strings(a, "columns")).append(", ").append(strings(a, "examples"));
    source.append(", ").append(value(a, "version")).append(", ");
    source.append(quote(text(a, "permission"))).append(", ErrorValue.");
    source.append(plugin ? "NULL" : value(a, "onError")).append(", ");
    source.append(quote(logName.isEmpty() ? declared.name() : logName)).append(", ");
    source.append(plugin ? "false" : value(a, "aggregate")).append(", ");
    source.append(plugin ? value(a, "endless") : "false");
    source.append(");\n    }\n");
  }

  private String argument(VariableElement parameter, AnnotationMirror arg, String type) {
    String name = text(arg, "name");
    if (text(arg, "value").isBlank()) {
      error(parameter, "argument without doc");
    }
    return "p("
        + quote(name.isEmpty() ? parameter.getSimpleName().toString() : name)
        + ", ArgType."
        + type
        + ", "
        + value(arg, "required")
        + ", "
        + quote(defaultValue(parameter, arg))
        + ", "
        + quote(text(arg, "value"))
        + ")";
  }

  /** A primitive that is not given arrives as zero, so its default is spelled out. */
  private String defaultValue(VariableElement parameter, AnnotationMirror arg) {
    String given = text(arg, "defaultValue");
    if (!given.isEmpty() || !parameter.asType().getKind().isPrimitive()) {
      return given;
    }
    return parameter.asType().getKind() == TypeKind.BOOLEAN ? "false" : "0";
  }

  private static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20 || c > 0x7e) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  private AnnotationMirror mirror(Element element, TypeElement annotation) {
    return mirror(element, annotation.getQualifiedName().toString());
  }

  private static AnnotationMirror mirror(Element element, String annotation) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
      if (type.getQualifiedName().contentEquals(annotation)) {
        return mirror;
      }
    }
    return null;
  }

  private Object value(AnnotationMirror mirror, String member) {
    for (var entry :
        processingEnv.getElementUtils().getElementValuesWithDefaults(mirror).entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(member)) {
        return entry.getValue().getValue();
      }
    }
    return "";
  }

  private String text(AnnotationMirror mirror, String member) {
    return String.valueOf(value(mirror, member));
  }

  private String strings(AnnotationMirror mirror, String member) {
    if (!(value(mirror, member) instanceof List<?> list)) {
      return "List.of()";
    }
    List<String> quoted = new ArrayList<>();
    for (Object item : list) {
      quoted.add(quote(String.valueOf(((AnnotationValue) item).getValue())));
    }
    return "List.of(" + String.join(", ", quoted) + ")";
  }

  private void error(Element where, String message) {
    processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, where);
  }
}
