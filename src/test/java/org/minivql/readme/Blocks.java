package org.minivql.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The blocks of code in a Markdown text. */
final class Blocks {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");

  /**
   * One block.
   *
   * @param language what stands after the fence
   * @param text the lines between the fences
   */
  record Block(String language, String text) {}

  private Blocks() {}

  static List<Block> of(Path file) throws IOException {
    return BLOCK
        .matcher(Files.readString(file))
        .results()
        .map(found -> new Block(found.group(1), found.group(2)))
        .collect(Collectors.toList());
  }
}
