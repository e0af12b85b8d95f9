package org.minivql.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.BlockTagTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an application can see: the exported packages and nothing else. */
class ModuleTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path DESCRIPTOR = Path.of("src/module/java/module-info.java");

  /** The only foreign types that signatures may name, and where. */
  private static final Map<String, String> FOREIGN =
      Map.of(
          "org.jline.terminal.Terminal",
          "org.minivql.cli.repl.",
          "com.google.re2j.Pattern",
          "org.minivql.value.");

  private static Set<String> exported;
  private static JavaClasses classes;

  @BeforeAll
  static void read() throws IOException {
    exported = new TreeSet<>();
    ModuleTree module = parse(List.of(DESCRIPTOR)).get(0).getModule();
    module.getDirectives().stream()
        .filter(ExportsTree.class::isInstance)
        .forEach(directive -> exported.add(((ExportsTree) directive).getPackageName().toString()));
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.minivql");
  }

  private static JavacTask task(List<Path> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
    return (JavacTask)
        compiler.getTask(
            null,
            manager,
            null,
            List.of("-proc:none"),
            null,
            manager.getJavaFileObjects(paths(files)));
  }

  private static Path[] paths(List<Path> files) {
    return files.toArray(new Path[0]);
  }

  private static List<CompilationUnitTree> parse(List<Path> files) throws IOException {
    List<CompilationUnitTree> units = new ArrayList<>();
    task(files).parse().forEach(units::add);
    return units;
  }

  @Test
  void theDoorIsExportedAndTheMachineryIsNot() {
    assertThat(exported)
        .contains(
            "org.minivql",
            "org.minivql.value",
            "org.minivql.spi",
            "org.minivql.accessor.standard",
            "org.minivql.cli.repl")
        .doesNotContain("org.minivql.plan", "org.minivql.runtime", "org.minivql.syntax");
  }

  @Test
  void signaturesNameOnlyWhatIsExported() {
    List<String> leaks = new ArrayList<>();
    for (JavaClass type : classes) {
      if (isVisible(type)) {
        type.getRawSuperclass().ifPresent(parent -> check(type.getName(), parent, leaks));
        type.getInterfaces().forEach(parent -> check(type.getName(), parent, leaks));
        type.getCodeUnits().forEach(unit -> check(unit, leaks));
        type.getFields().forEach(field -> check(field, leaks));
      }
    }
    assertThat(leaks).isEmpty();
  }

  private static boolean isVisible(JavaClass type) {
    boolean open = isOpen(type.getModifiers()) && !type.isAnonymousClass();
    boolean outer = type.getEnclosingClass().map(ModuleTest::isVisible).orElse(true);
    return open && outer && exported.contains(type.getPackageName());
  }

  private static boolean isOpen(Set<JavaModifier> modifiers) {
    return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
        && !modifiers.contains(JavaModifier.SYNTHETIC);
  }

  private static void check(JavaCodeUnit unit, List<String> leaks) {
    if (isOpen(unit.getModifiers())) {
      check(unit.getFullName(), unit.getReturnType(), leaks);
      unit.getParameterTypes().forEach(type -> check(unit.getFullName(), type, leaks));
      unit.getExceptionTypes().forEach(type -> check(unit.getFullName(), type, leaks));
    }
  }

  private static void check(JavaField field, List<String> leaks) {
    if (isOpen(field.getModifiers())) {
      check(field.getFullName(), field.getType(), leaks);
    }
  }

  private static void check(String place, JavaType type, List<String> leaks) {
    for (JavaClass raw : type.getAllInvolvedRawTypes()) {
      JavaClass base = raw.getBaseComponentType();
      boolean ours = base.getPackageName().startsWith("org.minivql");
      boolean jdk = base.isPrimitive() || base.getPackageName().startsWith("java.");
      boolean foreign = place.startsWith(FOREIGN.getOrDefault(base.getName(), "none"));
      if (!jdk && !foreign && !(ours && isVisible(base))) {
        leaks.add(place + " names " + base.getName());
      }
    }
  }

  @Test
  void noPackageIsSplitWithALibrary() throws IOException {
    List<String> split = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.endsWith(".jar")) {
        try (JarFile jar = new JarFile(entry)) {
          jar.stream()
              .filter(file -> file.getName().startsWith("org/minivql/"))
              .forEach(file -> split.add(entry + ": " + file.getName()));
        }
      }
    }
    assertThat(split).isEmpty();
  }

  @Test
  void everythingVisibleIsDocumentedSinceItsVersion() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String name : exported) {
      documented(SOURCES.resolve(name.replace('.', '/')), missing);
    }
    assertThat(missing).isEmpty();
  }

  private static void documented(Path folder, List<String> missing) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(file -> file.toString().endsWith(".java")).collect(Collectors.toList());
    }
    JavacTask task = task(files);
    DocTrees docs = DocTrees.instance(task);
    for (CompilationUnitTree unit : task.parse()) {
      new Documented(docs, missing).scan(new TreePath(unit), null);
    }
  }

  /** Looks for comments on what an application can use. */
  private static final class Documented extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final List<String> missing;

    Documented(DocTrees docs, List<String> missing) {
      this.docs = docs;
      this.missing = missing;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      boolean nested = parent instanceof ClassTree;
      boolean inInterface = parent.getKind() == Tree.Kind.INTERFACE;
      if (!isOpen(type.getModifiers().getFlags(), inInterface)) {
        return null;
      }
      DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
      if (comment == null || !nested && !since(comment)) {
        missing.add(type.getSimpleName() + (comment == null ? "" : " has no @since"));
      }
      return super.visitClass(type, nothing);
    }

    private static boolean since(DocCommentTree comment) {
      return comment.getBlockTags().stream()
          .anyMatch(tag -> tag instanceof BlockTagTree block && block.getTagName().equals("since"));
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      ClassTree type = (ClassTree) getCurrentPath().getParentPath().getLeaf();
      boolean inInterface = type.getKind() == Tree.Kind.INTERFACE;
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
      boolean open = isOpen(method.getModifiers().getFlags(), inInterface);
      if (open && !overrides && docs.getDocCommentTree(getCurrentPath()) == null) {
        missing.add(type.getSimpleName() + "." + method.getName());
      }
      return null;
    }

    private static boolean isOpen(Set<Modifier> modifiers, boolean inInterface) {
      boolean implied = inInterface && !modifiers.contains(Modifier.PRIVATE);
      return implied
          || modifiers.contains(Modifier.PUBLIC)
          || modifiers.contains(Modifier.PROTECTED);
    }
  }
}
