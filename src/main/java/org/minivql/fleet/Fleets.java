package org.minivql.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.archive.CollectorArchives;
import org.minivql.fleet.datastore.Datastore;
import org.minivql.fleet.directory.FleetDirectory;
import org.minivql.fleet.layout.FleetYaml;
import org.minivql.fleet.source.FleetConfig;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;

/**
 * Opens fleets and rules by file name.
 *
 * @since 0.1.0
 */
public final class Fleets {
  private Fleets() {}

  /**
   * Opens a fleet of any layout.
   *
   * @throws FleetException where there is none
   */
  public static FleetSource open(Path path) {
    return open(path, "");
  }

  /**
   * The same, where encrypted archives, also those that are imported, are opened with a password.
   *
   * @param password empty for none
   */
  public static FleetSource open(Path path, String password) {
    if (!Files.exists(path)) {
      throw FleetException.in(path.toString(), "there is no such file or folder");
    }
    if (!FleetDirectory.isFleet(path) && Datastore.isDatastore(path)) {
      return new Datastore(path, FleetConfig.DEFAULT.clockStart(), password);
    }
    if (!FleetDirectory.isFleet(path) && CollectorArchives.isArchives(path)) {
      return new CollectorArchives(path, password);
    }
    return new FleetDirectory(path, password);
  }

  /**
   * Reads a definition.
   *
   * @throws FleetException naming file, line and column, and showing the line
   */
  public static Artifact artifact(Path file) {
    return new FleetYaml(file).artifact();
  }

  /** Reads definitions. */
  public static List<Artifact> artifacts(List<Path> files) {
    return files.stream().map(Fleets::artifact).toList();
  }
}
