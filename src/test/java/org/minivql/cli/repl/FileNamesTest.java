package org.minivql.cli.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNamesTest {
  @TempDir Path directory;

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectories(directory.resolve("rules"));
    Files.writeString(directory.resolve("rules/one rule.vql"), "");
    Files.writeString(directory.resolve("rules/two.vql"), "");
    Files.writeString(directory.resolve("rows.csv"), "");
    Files.writeString(directory.resolve(".hidden"), "");
  }

  private List<String> at(String text) {
    return new FileNames(directory).at(text, text.length()).stream().map(Suggestion::text).toList();
  }

  @Test
  void commandsThatTakeAFileOfferFiles() {
    assertThat(at(".load ")).containsExactly("rows.csv", "rules/");
    assertThat(at(".load ro")).containsExactly("rows.csv");
    assertThat(at(".load rules/o")).containsExactly("one rule.vql");
    assertThat(at(".load rules/one r")).containsExactly("one rule.vql");
    assertThat(at(".fleet .")).containsExactly(".hidden");
    assertThat(at(".load missing/x")).isEmpty();
    assertThat(at(".load " + directory + "/ro")).containsExactly("rows.csv");
  }

  @Test
  void openStringsOfferFiles() {
    assertThat(at("SELECT * FROM parse_csv(filename=\"ro")).containsExactly("rows.csv");
    assertThat(at("SELECT * FROM parse_csv(filename='rules/t")).containsExactly("two.vql");
  }

  @Test
  void nothingElseDoes() {
    for (String text : List.of(".doc ro", ".load", "SELECT ro", "SELECT \"a\" + ro", "", "\"a\"")) {
      assertThat(FileNames.wordStart(text, text.length())).as(text).isEqualTo(-1);
    }
  }
}
