package org.minivql.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.minivql.cli.command.Console;

/** One command line run inside the test, with everything it wrote. */
record Run(int status, String out, String err) {
  static Run of(String... words) {
    return in(Path.of(""), "", words);
  }

  static Run in(Path directory, String input, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            directory,
            false,
            false);
    int status = new CommandLine(new Root(), console).run(List.of(words));
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
