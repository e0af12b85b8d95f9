package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.format.DisplayWidth;

/** Widths are those of a terminal, which is asked where its cursor is after each text. */
@Timeout(120)
class TerminalWidthTest {
  private static final List<String> TEXTS =
      List.of(
          "plain",
          "½ ① … ─ ☎ ﬁ",
          "a\u00adb",
          "e\u0301a",
          "A\u030a\u0323\u0301",
          "a\u20dd",
          "日本語",
          "中文、ＡＢ",
          "ｶﾞ",
          "か\u3099",
          "각",
          "\u1112\u1161\u11ab",
          "שָׁלוֹם",
          "नमस्ते",
          "กำ",
          "a\u200db",
          "a\u2060b\ufeffc",
          "👍⚡",
          "❤\ufe0f",
          "🇩🇪",
          "𠀋𝒳");

  private static final String ASK =
      """
      stty raw -echo
      while IFS= read -r text <&3; do
        printf '\\r%s\\033[6n' "$text"
        IFS= read -r -d R place
        echo "${place##*;}" >> widths
      done 3< texts
      stty sane; echo over; read again
      """;

  @TempDir Path directory;

  @Test
  void textsAreAsWideAsATerminalShowsThem() throws IOException {
    assumeTrue(Tmux.isInstalled(), "tmux is not installed");
    Files.write(directory.resolve("texts"), TEXTS);
    Files.writeString(directory.resolve("ask"), ASK);
    Path script = directory.resolve("start.sh");
    Files.writeString(script, "cd " + Tmux.quote(directory) + "; LC_ALL=C.UTF-8 bash ask\n");
    try (Tmux terminal = new Tmux(directory, script)) {
      terminal.await("over");
    }
    List<String> seen = new ArrayList<>();
    for (String column : Files.readAllLines(directory.resolve("widths"))) {
      seen.add(TEXTS.get(seen.size()) + " " + (Integer.parseInt(column) - 1));
    }
    assertThat(TEXTS.stream().map(text -> text + " " + DisplayWidth.of(text)))
        .containsExactlyElementsOf(seen);
  }
}
