package org.minivql.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.minivql.fleet.layout.Folders;
import org.minivql.fleet.source.FleetException;

/**
 * Makes a small fleet to begin with: two clients, a rule, and what it is expected to do.
 *
 * @since 0.1.0
 */
public final class FleetInit {
  private static final String FOLDER = "/org/minivql/fleet/sample/";

  private FleetInit() {}

  /**
   * Writes the fleet.
   *
   * @param target a folder that does not exist or is empty
   * @return the files that were written, relative to the folder
   * @throws FleetException where there is something in the folder
   */
  public static List<String> write(Path target) {
    if (!Folders.list(target, name -> true).isEmpty()) {
      throw FleetException.in(target.toString(), "is not empty");
    }
    List<String> files = text("index.txt").lines().toList();
    try {
      for (String name : files) {
        Path file = target.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text(name));
      }
    } catch (IOException e) {
      throw FleetException.in(target.toString(), "cannot be written: " + e.getMessage());
    }
    return files;
  }

  private static String text(String name) {
    try (InputStream in = FleetInit.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("resource missing: " + FOLDER + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
