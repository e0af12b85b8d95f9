package org.minivql.fleet.source;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.minivql.artifact.Artifact;
import org.minivql.registry.flow.Recorded;
import org.minivql.value.Dict;

/**
 * A fleet, wherever it comes from. Everything is read when it is asked for; nothing is written.
 *
 * <p>All methods throw {@link FleetException} for data that cannot be used.
 *
 * @since 0.1.0
 */
public interface FleetSource extends AutoCloseable {
  /** What to call it in messages. */
  String name();

  /** The settings. */
  FleetConfig config();

  /** What opens encrypted archives that are imported while it is played; empty for none. */
  default String password() {
    return "";
  }

  /** The definitions that it carries, in the order of their file names. */
  List<Artifact> artifacts();

  /** Visits the client records as they are at the start; members may be missing. */
  void clients(Consumer<Dict> out);

  /** Visits the metadata at the start: {@code client_id} and the dict {@code metadata}. */
  void metadata(Consumer<Dict> out);

  /** The server event table, {@code artifacts} and {@code specs}; null where there is none. */
  Dict serverTable();

  /** The client event table; null where there is none. */
  Dict clientTable();

  /**
   * Visits the hunts at the start, each with its {@code participants}, a list of client ids, or its
   * {@code members}, dicts of {@code ClientId} and {@code FlowId}.
   */
  void hunts(Consumer<Dict> out);

  /** The recorded flows, rows and events. */
  Recorded recorded();

  /** The flows in the order in which they ended. */
  Completions completions();

  /** Visits the steps of the script; answers false where there is none. */
  default boolean script(Consumer<Step> out) {
    return false;
  }

  /** The simulated hosts; a layout that only records has none. */
  default Hosts hosts() {
    return Hosts.NONE;
  }

  /** What must be true at the end; never null. */
  default Expectations expectations() {
    return Expectations.NONE;
  }

  /** Looks at all files, so that {@link #problems} also tells those of no known kind. */
  default void survey() {}

  /**
   * How many files there are of each kind that a fleet directory has no place for: what an import
   * leaves out.
   */
  default Map<String, Long> leftOut() {
    return Map.of();
  }

  /** What was left out while reading: unknown and damaged files. */
  List<String> problems();

  /** Adds something that was left out while the fleet was played, such as part of an archive. */
  void note(String problem);

  @Override
  void close();
}
