package org.minivql.cli.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.minivql.analysis.Spelling;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactException;
import org.minivql.artifact.Repository;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Console;
import org.minivql.cli.io.InputFiles;

/**
 * The artifact definitions of a command: those that come with the product and those of the folders
 * and files named on the command line.
 */
public final class Definitions {
  private Repository repository;

  /** All definitions; those of the product are read when they are first asked for. */
  public synchronized Repository repository() {
    if (repository == null) {
      repository = Repository.standard();
    }
    return repository;
  }

  /** Adds every definition below a folder and answers them. */
  public List<Artifact> addFolder(Console console, String name) {
    Path folder = console.path(name);
    if (!Files.isDirectory(folder)) {
      throw CommandException.cannotStart("cannot read " + name + ": no such directory");
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(folder)) {
      found.filter(Definitions::mayDefine).sorted().forEach(files::add);
    } catch (IOException e) {
      throw CommandException.cannotStart("cannot read " + name + ": " + InputFiles.reason(e), e);
    }
    List<Artifact> added = new ArrayList<>();
    for (Path file : files) {
      String shown = Path.of(name).resolve(folder.relativize(file)).toString();
      added.add(add(shown, InputFiles.text(console, shown)));
    }
    return added;
  }

  /** The artifact with this name; one that is not there ends the command with a guess. */
  public static Artifact named(Repository repository, String name) {
    Artifact artifact = repository.get(name);
    if (artifact == null) {
      throw CommandException.cannotStart(
          "no artifact is called " + name + Spelling.hint(name, repository.names()));
    }
    return artifact;
  }

  /** Adds one definition. */
  public Artifact add(String file, String yaml) {
    Artifact artifact = parse(file, yaml);
    try {
      return repository().define(artifact);
    } catch (ArtifactException e) {
      throw CommandException.cannotStart(file + ": " + e.getMessage(), e);
    }
  }

  /** Reads one definition; a problem names the file, line and column and shows the line. */
  public static Artifact parse(String file, String yaml) {
    try {
      return Artifact.parse(yaml);
    } catch (ArtifactException e) {
      throw wrong(file, yaml, e);
    }
  }

  /** What is wrong in a definition, with file, line and column. */
  public static CommandException wrong(String file, String yaml, ArtifactException e) {
    return CommandException.cannotStart(place(file, yaml, e), e);
  }

  /** Whether a file of a folder is a definition: a folder may hold YAML of other kinds, too. */
  public static boolean mayDefine(Path file) {
    if (!isDefinition(file.toString()) || Files.isDirectory(file)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.anyMatch(line -> line.startsWith("name:"));
    } catch (IOException | UncheckedIOException e) {
      // What cannot be read is reported when it is read as a definition.
      return true;
    }
  }

  public static boolean isDefinition(String file) {
    return file.endsWith(".yaml") || file.endsWith(".yml");
  }

  private static String place(String file, String yaml, ArtifactException e) {
    if (e.line() == 0) {
      return file + ": " + e.getMessage();
    }
    List<String> lines = yaml.lines().toList();
    String line = e.line() <= lines.size() ? lines.get(e.line() - 1) : "";
    int column = Math.max(1, e.column());
    return file
        + ":"
        + e.line()
        + ":"
        + column
        + ": "
        + e.getMessage()
        + "\n"
        + line
        + "\n"
        + " ".repeat(Math.min(line.length(), column - 1))
        + "^";
  }
}
