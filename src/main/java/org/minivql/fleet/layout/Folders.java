package org.minivql.fleet.layout;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.minivql.fleet.source.FleetException;

/**
 * Lists folders in the order of names. Files whose names begin with a dot are of other programs.
 */
public final class Folders {
  private Folders() {}

  /** The entries of a folder by name; none where there is no such folder. */
  public static List<Path> list(Path folder, Predicate<String> wanted) {
    List<Path> paths = new ArrayList<>();
    // A name that no folder can have is no error of the fleet.
    if (!Files.isDirectory(folder)) {
      return paths;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!name.startsWith(".") && wanted.test(name)) {
          paths.add(entry);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw FleetException.in(folder.toString(), JsonLines.reason(e.getCause()));
    } catch (IOException e) {
      throw FleetException.in(folder.toString(), JsonLines.reason(e));
    }
    paths.sort(Comparator.comparing(p -> p.getFileName().toString()));
    return paths;
  }

  /** The folders in a folder by name. */
  public static List<Path> folders(Path folder) {
    return list(folder, name -> Files.isDirectory(folder.resolve(name)));
  }
}
