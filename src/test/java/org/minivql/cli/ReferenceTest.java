package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceTest {
  @TempDir Path directory;

  @Test
  void aPageShowsWhatIsDeclared() {
    Run run = Run.of("doc", "range");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("range(")
        .contains("plugin")
        .contains("end")
        .contains("(required)")
        .contains("Columns\n  _value");
  }

  @Test
  void aNameThatIsBothHasTwoPages() {
    assertThat(Run.of("doc", "if").out()).contains("if(").contains("function").contains("plugin");
  }

  @Test
  void theListCanBeSearched() {
    assertThat(Run.of("doc").out()).contains("foreach").contains("format");
    assertThat(Run.of("doc", "--search", "FOREACH").out())
        .contains("foreach")
        .doesNotContain("enumerate");
  }

  @Test
  void allPagesCanBeWrittenAsMarkdown() {
    String page = Run.of("doc", "--all", "--format", "markdown").out();
    org.minivql.spi.Library library = org.minivql.Vql.builder().build().library();

    for (String name : library.functionNames()) {
      assertThat(page).contains("## `" + name + "()`, ");
    }
    for (String name : library.pluginNames()) {
      assertThat(page).contains("## `" + name + "()`, ");
    }
    assertThat(page)
        .contains("| argument | type | required | default | meaning |")
        .contains("Columns: `_value`.")
        .contains("Version: 3.")
        .contains("Examples, each run as a test:");
    assertThat(Run.of("doc", "hash").out()).containsPattern("Version\n  [0-9]+\n");
    assertThat(Run.of("doc", "--format", "markdown", "range").out()).startsWith("## `range()`, ");
  }

  @Test
  void anUnknownNameIsGuessed() {
    assertThat(Run.of("doc", "foreech"))
        .isEqualTo(
            new Run(2, "", "vql: nothing is called foreech; did you mean foreach? [E-USAGE]\n"));
  }

  @Test
  void artifactsAreListedAndShown() throws IOException {
    Files.writeString(
        directory.resolve("one.yaml"),
        "name: Custom.One\ndescription: The first.\nsources:\n"
            + "  - query: SELECT 1 AS A FROM scope()\n");

    assertThat(Run.in(directory, "", "artifacts", "list", "-D", ".", "custom").out())
        .isEqualTo("Custom.One\n");
    assertThat(Run.in(directory, "", "artifacts", "list", "-D", ".", "-d", "custom").out())
        .isEqualTo("Custom.One  CLIENT  The first.\n");
    assertThat(Run.in(directory, "", "artifacts", "show", "-D", ".", "Custom.One").out())
        .contains("name: Custom.One");
    assertThat(Run.of("artifacts", "list", "(").status()).isEqualTo(2);
    assertThat(Run.of("artifacts", "show", "System.Flow.Complation").err())
        .contains("did you mean System.Flow.Completion?");
    assertThat(Run.of("artifacts").status()).isEqualTo(2);
  }
}
