package org.minivql.fleet.layout;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.fleet.source.FleetException;

class JsonLinesTest {
  @TempDir Path folder;

  @Test
  void aFileThatBeginsWithAnEmptyLineAndHasNothingIsTold() throws IOException {
    for (String text : new String[] {"\n", "\n\u0001{}", "\u0001\n{}", "\n\n"}) {
      Path file = Files.writeString(folder.resolve("record.json"), text);

      assertThatThrownBy(() -> new JsonLines().file(file))
          .isInstanceOf(FleetException.class)
          .hasMessageContaining("record.json:");
    }
  }
}
