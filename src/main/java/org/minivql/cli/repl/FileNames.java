package org.minivql.cli.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.minivql.syntax.Token;

/** Completes names of files: after commands that take one, and in strings that are not closed. */
final class FileNames {
  private static final Set<String> COMMANDS = Set.of(".load", ".save", ".fleet");
  private static final int MOST = 500;

  private final Path directory;

  /**
   * Completes names.
   *
   * @param directory what relative names start from
   */
  FileNames(Path directory) {
    this.directory = directory;
  }

  /** Where a file name begins that the cursor stands in, with its folders; -1 for none. */
  private static int pathStart(String text, int cursor) {
    String before = text.substring(0, cursor);
    if (Completeness.isCommand(before)) {
      int blank = before.indexOf(' ');
      return blank > 0 && COMMANDS.contains(before.substring(0, blank).strip()) ? blank + 1 : -1;
    }
    List<Token> tokens = Token.of(before);
    if (tokens.isEmpty()) {
      return -1;
    }
    Token last = tokens.get(tokens.size() - 1);
    String written = last.text(before);
    boolean isString = written.startsWith("\"") || written.startsWith("'");
    return last.kind() == Token.Kind.INVALID && last.end() == cursor && isString
        ? last.start() + 1
        : -1;
  }

  /** Where the last part of a file name begins that the cursor stands in; -1 for none. */
  static int wordStart(String text, int cursor) {
    int start = pathStart(text, cursor);
    return start < 0 ? -1 : Math.max(start, text.lastIndexOf('/', cursor - 1) + 1);
  }

  /** The files that can complete the name before the cursor; folders end with a slash. */
  List<Suggestion> at(String text, int cursor) {
    int start = wordStart(text, cursor);
    String folder = text.substring(pathStart(text, cursor), start);
    String word = text.substring(start, cursor);
    List<Suggestion> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve(folder))) {
      files
          .filter(file -> matches(file.getFileName().toString(), word))
          .sorted(Comparator.comparing(file -> file.getFileName().toString()))
          .limit(MOST)
          .forEach(file -> found.add(suggestion(file)));
    } catch (IOException | InvalidPathException e) {
      // There is no such folder: nothing can be suggested.
      return List.of();
    }
    return found;
  }

  private static boolean matches(String name, String word) {
    return name.startsWith(word) && (word.startsWith(".") || !name.startsWith("."));
  }

  private static Suggestion suggestion(Path file) {
    boolean isFolder = Files.isDirectory(file);
    String name = file.getFileName().toString();
    return new Suggestion(isFolder ? name + "/" : name, isFolder ? "folder" : "file", "", false);
  }
}
