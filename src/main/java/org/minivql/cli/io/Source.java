package org.minivql.cli.io;

import java.util.ArrayList;
import java.util.List;
import org.minivql.cli.command.Invocation;

/**
 * A VQL text and what to call it in messages.
 *
 * @param name the file, or {@code query} for a text of the command line
 * @param text the VQL
 */
public record Source(String name, String text) {
  /** The texts that a command line gives, as they are or by the names of their files. */
  public static List<Source> of(Invocation call, boolean areFiles) {
    List<Source> sources = new ArrayList<>();
    for (String word : call.operands()) {
      boolean isFile = areFiles || word.equals("-");
      sources.add(
          isFile
              ? new Source(
                  word.equals("-") ? "standard input" : word, InputFiles.text(call.console(), word))
              : new Source("query", word));
    }
    return sources;
  }
}
