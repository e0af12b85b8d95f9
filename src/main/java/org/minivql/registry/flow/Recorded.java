package org.minivql.registry.flow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.minivql.registry.record.Forms;
import org.minivql.spi.FileStore;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * What is on disk before anything happens: flows, their rows, stored events. Everything is read
 * when it is asked for and nothing is written. Rows are pushed as they are stored; a false answer
 * of the sink ends the reading.
 *
 * @since 0.1.0
 */
public interface Recorded {
  /** Nothing is recorded. */
  Recorded NONE = new Recorded() {};

  /** A flow as stored, fields may be missing (see {@link Forms#FLOW}), or null. */
  default Dict flow(String clientId, String flowId) {
    return null;
  }

  /** Visits the flows of a client in order of creation; false when the visitor stopped. */
  default boolean flows(String clientId, Predicate<Dict> visitor) {
    return true;
  }

  /**
   * The rows of one result set.
   *
   * @param artifact {@code Artifact} or {@code Artifact/Source}
   * @return false where there is no such result set
   */
  default boolean results(String clientId, String flowId, String artifact, Sink out) {
    return false;
  }

  /** Visits the names of the result sets that are there of a flow, be they empty. */
  default void resultNames(String clientId, String flowId, Consumer<String> out) {}

  /**
   * What results and events are there of, for names that no definition is known of.
   *
   * @param name {@code Artifact} or {@code Artifact/Source}
   * @return CLIENT, SERVER, CLIENT_EVENT or SERVER_EVENT; null where there is nothing
   */
  default String kind(String name) {
    return null;
  }

  /** The log of a flow: {@code client_time, level, message, _ts}. */
  default void logs(String clientId, String flowId, Sink out) {}

  /** The uploads of a flow, one row each. */
  default void uploads(String clientId, String flowId, Sink out) {}

  /** The uploads of a flow that were begun and can be resumed, one row each. */
  default void uploadTransactions(String clientId, String flowId, Sink out) {}

  /**
   * Stored events, in order.
   *
   * @param clientId the client or {@code server}
   * @param out takes the stored row with {@code _ts} in milliseconds at its end
   */
  default void events(String clientId, String artifact, Instant from, Instant to, Sink out) {}

  /** Visits the queues that have stored events, each with the client or {@code server}. */
  default void queues(BiConsumer<String, String> out) {}

  /** Logs of event queries, like {@link #events}. */
  default void eventLogs(String clientId, String artifact, Instant from, Instant to, Sink out) {}

  /** Visits the queues whose queries logged something, like {@link #queues}. */
  default void logQueues(BiConsumer<String, String> out) {}

  /**
   * The file of the host that has, or would have, what is at a path of the file store; null where
   * files are not kept like this.
   */
  default Path file(List<String> path) {
    return null;
  }

  /** The files and folders of the host that are directly at a path of the file store, by name. */
  default Map<String, Path> files(List<String> path) {
    return Map.of();
  }

  /** What the file store has at a path that is no file of the host; null where there is none. */
  default Held held(List<String> path) {
    return null;
  }

  /** A file or folder of the file store that is none of the host: it is in an archive. */
  interface Held {
    /** What it is. */
    FileStore.Entry entry();

    /** What is directly in it, where it is a folder, by name. */
    List<FileStore.Entry> list();

    /** Opens a file for reading. */
    InputStream open() throws IOException;
  }

  /** Visits the ids of the notebooks. */
  default void notebooks(Consumer<String> out) {}

  /** Visits the tables of the cells of a notebook: cell and number. */
  default void tables(String notebookId, BiConsumer<String, Long> out) {}

  /** A notebook as stored, fields may be missing (see {@link Forms#NOTEBOOK}), or null. */
  default Dict notebook(String notebookId) {
    return null;
  }

  /** The result of a notebook cell; false where there is no such cell. */
  default boolean notebook(String notebookId, String cellId, long table, Sink out) {
    return false;
  }
}
