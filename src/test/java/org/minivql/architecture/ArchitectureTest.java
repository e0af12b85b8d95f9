package org.minivql.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Data flows one way: lower packages know nothing of higher ones. */
class ArchitectureTest {
  private static final String ROOT = "org.minivql.";

  /** Who may know whom; everybody may know the JDK. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("value", List.of()),
          Map.entry("syntax", List.of("value")),
          Map.entry("spi", List.of("value")),
          Map.entry("protocol", List.of("value")),
          Map.entry("format", List.of("value")),
          Map.entry("accessor", List.of("value", "spi", "format")),
          Map.entry("runtime", List.of("value", "spi")),
          Map.entry("plan", List.of("value", "spi", "runtime", "syntax")),
          Map.entry("sigma", List.of("value", "format")),
          Map.entry("yara", List.of("value")),
          Map.entry("artifact", List.of("value", "spi", "syntax", "format")),
          Map.entry("registry", List.of("value", "spi", "format")),
          Map.entry(
              "builtin",
              List.of(
                  "value",
                  "spi",
                  "format",
                  "accessor",
                  "registry",
                  "artifact",
                  "sigma",
                  "yara",
                  "syntax")),
          Map.entry("analysis", List.of("value", "spi", "syntax")),
          Map.entry("problem", List.of()),
          Map.entry("processor", List.of()));

  /**
   * The same for the rooms below some of them; the key is empty for the package itself, which is
   * their base where it is listed and their door where it is not.
   */
  private static final Map<String, Map<String, List<String>>> ROOMS_MAY_USE =
      Map.ofEntries(
          Map.entry(
              "accessor",
              Map.ofEntries(
                  Map.entry("", List.of()),
                  Map.entry("glob", List.of("")),
                  Map.entry("open", List.of("")),
                  Map.entry("zip", List.of("", "open")),
                  Map.entry("standard", List.of("", "open", "zip")))),
          Map.entry(
              "cli",
              Map.ofEntries(
                  Map.entry("command", List.of()),
                  Map.entry("io", List.of("command")),
                  Map.entry("output", List.of("command", "io")),
                  Map.entry("engine", List.of("command", "io", "output")),
                  Map.entry("fleet", List.of("command", "io", "engine", "output")),
                  Map.entry("verify", List.of("command", "io", "engine", "output")),
                  Map.entry("repl", List.of("io", "output")))),
          Map.entry(
              "fleet",
              Map.ofEntries(
                  Map.entry("source", List.of()),
                  Map.entry("layout", List.of("source")),
                  Map.entry("directory", List.of("source", "layout")),
                  Map.entry("datastore", List.of("source", "layout")),
                  Map.entry("archive", List.of("source", "layout", "directory", "datastore")),
                  Map.entry("plan", List.of()),
                  Map.entry("text", List.of()),
                  Map.entry(
                      "play", List.of("source", "layout", "directory", "archive", "plan", "text")),
                  Map.entry("expect", List.of("source", "layout", "directory", "plan", "play")))),
          Map.entry(
              "plan",
              Map.ofEntries(Map.entry("node", List.of()), Map.entry("select", List.of("node")))),
          Map.entry(
              "registry",
              Map.ofEntries(
                  Map.entry("record", List.of()),
                  Map.entry("store", List.of()),
                  Map.entry("event", List.of()),
                  Map.entry("client", List.of("record", "event", "store")),
                  Map.entry("flow", List.of("record", "event", "store", "client")))),
          Map.entry(
              "sigma",
              Map.ofEntries(
                  Map.entry("event", List.of()),
                  Map.entry("reader", List.of()),
                  Map.entry("search", List.of("event", "reader")))),
          Map.entry(
              "value",
              Map.ofEntries(
                  Map.entry("", List.of()),
                  Map.entry("regex", List.of("")),
                  Map.entry("time", List.of("")),
                  Map.entry("text", List.of("", "time")),
                  Map.entry("operator", List.of("", "time", "text")))));

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.minivql");
  }

  @Test
  void lowerPackagesKnowNothingOfHigherOnes() {
    Assertions.assertThat(breaches(ROOT, MAY_USE)).isEmpty();
  }

  @Test
  void lowerRoomsKnowNothingOfHigherOnesAndOfTheDoor() {
    ROOMS_MAY_USE.forEach(
        (name, mayUse) -> {
          String root = ROOT + name + ".";
          Assertions.assertThat(breaches(root, mayUse)).isEmpty();
          Set<String> rooms =
              classes.stream().map(type -> room(root, type)).collect(Collectors.toSet());
          rooms.removeIf(room -> room.isEmpty() && !mayUse.containsKey(room));
          Assertions.assertThat(mayUse.keySet()).isEqualTo(rooms);
        });
  }

  private static List<String> breaches(String root, Map<String, List<String>> mayUse) {
    List<String> breaches = new ArrayList<>();
    for (JavaClass type : classes) {
      String room = room(root, type);
      List<String> allowed = isBelow(root, type) ? mayUse.get(room) : null;
      if (allowed != null) {
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass())
            .filter(target -> isBelow(root, target))
            .filter(target -> !room(root, target).equals(room))
            .filter(target -> !allowed.contains(room(root, target)))
            .map(target -> type.getName() + " -> " + target.getName())
            .distinct()
            .forEach(breaches::add);
      }
    }
    return breaches;
  }

  private static boolean isBelow(String root, JavaClass type) {
    return (type.getPackageName() + ".").startsWith(root);
  }

  /** The first component below the root package; empty for the root itself. */
  private static String room(String root, JavaClass type) {
    String pack = type.getPackageName();
    return pack.startsWith(root) ? pack.substring(root.length()).split("\\.")[0] : "";
  }

  @Test
  void roomsAreFreeOfCycles() {
    check(slices().matching("org.minivql.(*)..").should().beFreeOfCycles());
  }

  @Test
  void antlrStaysInSyntax() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("org.minivql.syntax..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.antlr.."));
  }

  @Test
  void jacksonStaysWithTheFormats() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "org.minivql.format..", "org.minivql.artifact..", "org.minivql.builtin.parse..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson.."));
  }

  @Test
  void onlyTheCommandLineTouchesTheProcess() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("org.minivql.cli..")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
  }

  @Test
  void declarationsOfCommandsKnowNoCommand() {
    check(
        noClasses()
            .that()
            .resideInAPackage("org.minivql.cli.command")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.minivql.cli"));
  }

  @Test
  void nothingIsGlobal() {
    check(
        fields()
            .that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("org.minivql.syntax.antlr..")
            .should()
            .beFinal());
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocal.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging.."));
  }

  @Test
  void declarationsAreLeaves() {
    check(
        classes()
            .that()
            .resideInAPackage("org.minivql.builtin..")
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("GeneratedCatalog")
            .and()
            .doNotHaveSimpleName("package-info")
            .and()
            .areNotInterfaces()
            .should()
            .haveModifier(JavaModifier.FINAL));
  }

  private static void check(ArchRule rule) {
    rule.check(classes);
  }
}
