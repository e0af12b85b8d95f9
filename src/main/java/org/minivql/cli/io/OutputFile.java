package org.minivql.cli.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Console;
import org.minivql.cli.command.Invocation;
import org.minivql.value.Bytes;

/** Where rows go: standard output or a file; its errors say which. */
public final class OutputFile extends FilterOutputStream {
  private final String name;
  private final boolean isStandard;

  private OutputFile(OutputStream out, String name, boolean isStandard) {
    super(out);
    this.name = name;
    this.isStandard = isStandard;
  }

  /**
   * Opens the target.
   *
   * @param name a file name, or null for standard output
   */
  public static OutputFile open(Console console, String name) {
    if (name == null) {
      return new OutputFile(console.out(), "standard output", true);
    }
    InputFiles.checkName(name);
    try {
      return new OutputFile(Files.newOutputStream(console.path(name)), name, false);
    } catch (NoSuchFileException e) {
      throw CommandException.cannotStart("cannot write " + name + ": no such directory", e);
    } catch (IOException e) {
      throw CommandException.cannotStart("cannot write " + name + ": " + InputFiles.reason(e), e);
    }
  }

  /** Writes a text to the file of {@code --output}, or to standard output. */
  public static void write(Invocation call, String text) throws IOException {
    write(call, "output", out -> out.append(text));
  }

  /** Something that writes text. */
  @FunctionalInterface
  public interface Text {
    void to(Appendable out) throws IOException;
  }

  /** Writes a text of any length to the file of {@code --output}, or to standard output. */
  public static void write(Invocation call, Text text) throws IOException {
    write(call, "output", text);
  }

  /** Writes a text of any length to the file that an option names, or to standard output. */
  public static void write(Invocation call, String option, Text text) throws IOException {
    try (OutputFile out = open(call.console(), call.value(option, null));
        Writer writer = new OutputStreamWriter(out, encoder())) {
      text.to(writer);
    }
  }

  // Bytes that are no text appear as this character.
  private static CharsetEncoder encoder() {
    return StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .replaceWith("\uFFFD".getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a text to standard output. */
  public static void print(Console console, String text) throws IOException {
    OutputFile out = open(console, null);
    out.write(Bytes.encode(text));
    out.flush();
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw new IOException("cannot write " + name + ": " + InputFiles.reason(e), e);
    }
  }

  @Override
  public void close() throws IOException {
    if (isStandard) {
      out.flush();
    } else {
      out.close();
    }
  }
}
