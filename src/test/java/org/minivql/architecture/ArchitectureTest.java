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
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Data flows one way: lower packages know nothing of higher ones. */
class ArchitectureTest {
  private static final String ROOT = "org.minivql.";
  private static final String FLEET = ROOT + "fleet.";

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

  /** The same for the packages below {@code fleet}, whose classes of its own are their doors. */
  private static final Map<String, List<String>> FLEET_MAY_USE =
      Map.ofEntries(
          Map.entry("source", List.of()),
          Map.entry("layout", List.of("source")),
          Map.entry("directory", List.of("source", "layout")),
          Map.entry("datastore", List.of("source", "layout")),
          Map.entry("archive", List.of("source", "layout", "directory", "datastore")),
          Map.entry("plan", List.of()),
          Map.entry("text", List.of()),
          Map.entry("play", List.of("source", "layout", "directory", "archive", "plan", "text")),
          Map.entry("expect", List.of("source", "layout", "directory", "plan", "play")));

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
  void packagesOfFleetKnowNothingOfHigherOnesAndOfTheDoors() {
    Assertions.assertThat(breaches(FLEET, FLEET_MAY_USE)).isEmpty();
    Assertions.assertThat(FLEET_MAY_USE.keySet())
        .isEqualTo(
            classes.stream()
                .map(type -> room(FLEET, type))
                .filter(room -> !room.isEmpty())
                .collect(Collectors.toSet()));
  }

  private static List<String> breaches(String root, Map<String, List<String>> mayUse) {
    List<String> breaches = new ArrayList<>();
    for (JavaClass type : classes) {
      String room = room(root, type);
      List<String> allowed = mayUse.get(room);
      if (allowed != null) {
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass())
            .filter(target -> (target.getPackageName() + ".").startsWith(root))
            .filter(target -> !room(root, target).equals(room))
            .filter(target -> !allowed.contains(room(root, target)))
            .map(target -> type.getName() + " -> " + target.getName())
            .distinct()
            .forEach(breaches::add);
      }
    }
    return breaches;
  }

  /** The first component below the root package; empty for the root itself, the door. */
  private static String room(String root, JavaClass type) {
    String pack = type.getPackageName();
    return pack.startsWith(root) ? pack.substring(root.length()).split("\\.")[0] : "";
  }

  @Test
  void roomsAreFreeOfCycles() {
    check(slices().matching("org.minivql.(*)..").should().beFreeOfCycles());
    check(slices().matching("org.minivql.fleet.(*)..").should().beFreeOfCycles());
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
