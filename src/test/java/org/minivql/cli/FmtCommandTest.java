package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FmtCommandTest {
  private static final String LOOSE = "select   a,b from   info(  )  -- why\n";
  private static final String TIDY = "LET X = 1\n";

  @TempDir Path directory;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(directory.resolve("loose.vql"), LOOSE);
    Files.writeString(directory.resolve("tidy.vql"), TIDY);
  }

  private Run run(String... words) {
    return Run.in(directory, LOOSE, words);
  }

  @Test
  void artifactsAreLaidOutByTheirOwnCommand() throws IOException {
    Files.writeString(directory.resolve("a.yaml"), "name: A\n");
    assertThat(Run.in(directory, "", "fmt", "a.yaml").err())
        .isEqualTo(
            "vql: unexpected artifact a.yaml: vql artifacts reformat lays it out [E-USAGE]\n");
  }

  @Test
  void printsTheResult() {
    Run run = run("fmt", "-");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("FROM info()").contains("-- why").endsWith("\n");
  }

  @Test
  void checkNamesWhatWouldChange() throws IOException {
    assertThat(run("fmt", "--check", "loose.vql", "tidy.vql"))
        .isEqualTo(new Run(1, "loose.vql\n", ""));
    assertThat(run("fmt", "--check", "tidy.vql")).isEqualTo(new Run(0, "", ""));
    assertThat(directory.resolve("loose.vql")).content().isEqualTo(LOOSE);
  }

  @Test
  void writeChangesTheFileOnce() throws IOException {
    assertThat(run("fmt", "-w", "loose.vql", "tidy.vql")).isEqualTo(new Run(0, "", ""));
    assertThat(run("fmt", "-c", "loose.vql").status()).isZero();
    assertThat(directory.resolve("tidy.vql")).content().isEqualTo(TIDY);
  }

  @Test
  void nothingIsWrittenWhenOneFileIsWrong() throws IOException {
    Files.writeString(directory.resolve("bad.vql"), "SELECT FROM WHERE");

    Run run = run("fmt", "-w", "loose.vql", "bad.vql");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("vql: bad.vql:1:");
    assertThat(directory.resolve("loose.vql")).content().isEqualTo(LOOSE);
    assertThat(run("fmt", "-w", "-").status()).isEqualTo(2);
  }
}
