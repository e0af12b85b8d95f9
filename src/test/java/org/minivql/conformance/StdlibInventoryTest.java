package org.minivql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.minivql.Vql;
import org.minivql.spi.ArgType;
import org.minivql.spi.Library;
import org.minivql.spi.Parameter;
import org.minivql.spi.Signature;

/** Compares the declarations with the inventory and the description of the library. */
class StdlibInventoryTest {
  private static final Set<ArgType> ANY = Set.of(ArgType.ANY);
  private static final Map<String, Set<ArgType>> TYPES =
      Map.ofEntries(
          Map.entry("string", Set.of(ArgType.STRING)),
          Map.entry("[]string", Set.of(ArgType.STRING_LIST)),
          Map.entry("int", Set.of(ArgType.INT)),
          Map.entry("uint", Set.of(ArgType.INT)),
          Map.entry("float", Set.of(ArgType.FLOAT)),
          Map.entry("bool", Set.of(ArgType.BOOL)),
          Map.entry("dict", Set.of(ArgType.DICT)),
          Map.entry("[]dict", Set.of(ArgType.DICT_LIST)),
          Map.entry("any", Set.of(ArgType.ANY, ArgType.TIME)),
          Map.entry("[]any", Set.of(ArgType.LIST)),
          Map.entry("query", Set.of(ArgType.QUERY)),
          Map.entry("lazy", Set.of(ArgType.LAZY, ArgType.ANY)),
          Map.entry("lambda", Set.of(ArgType.LAMBDA)),
          Map.entry("path", ANY),
          Map.entry("[]path", ANY),
          Map.entry("time", Set.of(ArgType.TIME, ArgType.ANY)));

  private final Library library = Vql.builder().build().library();
  private final Map<String, String> deviations = Deviations.reasons();

  private Signature signature(boolean plugin, String name) {
    Signature signature = plugin ? library.pluginSignature(name) : library.functionSignature(name);
    return signature == null || signature.version() < 0 ? null : signature;
  }

  /** Namespaces are no single declaration. */
  private static boolean computed(String name) {
    return name.equals("Artifact");
  }

  @Test
  void everyNameOfTheFirstTiersIsDeclared() throws IOException {
    Optional<Path> file =
        Cases.shared()
            .map(dir -> dir.resolve("spec/stdlib-inventory.csv"))
            .filter(Files::isRegularFile);
    Assumptions.assumeTrue(file.isPresent(), "no inventory of the library found");
    List<String> missing = new ArrayList<>();
    int seen = 0;
    for (String line : Files.readAllLines(file.get())) {
      String[] cells = line.split(",");
      boolean demanded = Set.of("engine", "1", "2").contains(cells[cells.length - 1]);
      if (demanded && !computed(cells[0])) {
        seen++;
        if (signature(cells[1].equals("plugin"), cells[0]) == null
            && !deviations.containsKey("missing:" + cells[1] + ":" + cells[0])) {
          missing.add(cells[1] + " " + cells[0] + " (tier " + cells[cells.length - 1] + ")");
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(seen).isGreaterThan(200);
  }

  @Test
  void argumentsAgreeWithTheDescription() throws IOException {
    List<String> differences = new ArrayList<>();
    for (StdlibDocument.Call call : StdlibDocument.read().calls()) {
      Signature signature = signature(call.kind() == Signature.Kind.PLUGIN, call.name());
      if (signature != null && !computed(call.name())) {
        compare(call, signature, differences);
      }
    }
    differences.removeIf(
        line ->
            deviations.containsKey(
                "arguments:" + line.substring(0, line.indexOf(": ")).replace(' ', ':')));
    assertThat(differences).isEmpty();
  }

  private static void compare(
      StdlibDocument.Call call, Signature signature, List<String> differences) {
    for (StdlibDocument.Argument argument : call.arguments()) {
      Parameter parameter = signature.parameter(argument.name());
      String at = call + " " + argument.name() + ": ";
      if (argument.name().equals("*")) {
        if (!signature.open()) {
          differences.add(at + "takes no other arguments");
        }
      } else if (parameter == null) {
        if (!signature.open()) {
          differences.add(at + "is not declared");
        }
      } else {
        if (parameter.required() != argument.required()) {
          differences.add(at + (argument.required() ? "is required" : "is not required"));
        }
        if (!TYPES.getOrDefault(argument.type(), ANY).contains(parameter.type())) {
          differences.add(at + "is " + argument.type() + ", not " + parameter.type().text());
        }
      }
    }
    // Without a table the description says elsewhere what it takes.
    if (call.arguments().isEmpty()) {
      return;
    }
    for (Parameter parameter : signature.parameters()) {
      if (call.arguments().stream().noneMatch(a -> a.name().equals(parameter.name()))) {
        differences.add(call + " " + parameter.name() + ": is not described");
      }
    }
  }
}
