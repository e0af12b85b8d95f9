package org.minivql.registry.flow;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.minivql.registry.client.Ids;
import org.minivql.registry.record.Forms;
import org.minivql.registry.record.Message;
import org.minivql.registry.store.Store;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * The notebooks: those recorded and those made since, their cells, whose tables are result sets,
 * and their timelines.
 *
 * @since 0.1.0
 */
public final class Notebooks {
  private static final String TABLE = "notebooks";
  private static final String TIMELINES = "timelines";
  private static final String OWNED = "N\\.[HFE]\\..*";
  private static final String EVENTS = "timeline_events";

  private final Store store;
  private final Remaining recorded;
  private final Ids ids;
  private final Clock clock;

  /** The notebooks in the store, and the recorded ones behind them. */
  public Notebooks(Store store, Remaining recorded, Ids ids, Clock clock) {
    this.store = store;
    this.recorded = recorded;
    this.ids = ids;
    this.clock = clock;
  }

  static String table(String notebookId, String cellId, long table) {
    return notebookId + "/" + cellId + "/" + table;
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  /** The raw form of a notebook, whose fields are also found as {@code NotebookId} and so on. */
  public static Message message(Dict notebook) {
    return new Message(Forms.NOTEBOOK, notebook, null);
  }

  /** The raw form of a timeline that is made of others. */
  public static Message timelineMessage(Dict timeline) {
    return new Message(Forms.SUPER_TIMELINE, timeline, null);
  }

  /** Makes a notebook; {@code given} has what is not the notebook's own to decide. */
  public Dict create(Dict given, String creator) {
    Dict notebook =
        Forms.NOTEBOOK.expand(
            given.toBuilder()
                .replace("notebook_id", ids.notebook())
                .replace("creator", creator)
                .replace("created_time", now())
                .replace("modified_time", now())
                .build());
    store.put(TABLE, (String) notebook.get("notebook_id"), notebook);
    return notebook;
  }

  /** A notebook with all fields, or null. */
  public Dict get(String notebookId) {
    Object stored = store.get(TABLE, notebookId);
    Dict notebook = stored == null ? recorded.notebook(notebookId) : (Dict) stored;
    return notebook == null ? null : Forms.NOTEBOOK.expand(notebook);
  }

  /** A cell of a notebook, or null. */
  public Dict cell(String notebookId, String cellId) {
    for (Object cell : (List<?>) require(notebookId).get("cell_metadata")) {
      if (((Dict) cell).get("cell_id").equals(cellId)) {
        return (Dict) cell;
      }
    }
    return null;
  }

  /** A notebook that must exist. */
  public Dict require(String notebookId) {
    Dict notebook = get(notebookId);
    if (notebook == null) {
      throw new ArgumentException("Notebook " + notebookId + " not found: NotFoundError");
    }
    return notebook;
  }

  /** Visits the notebooks that belong to no hunt, flow or queue, by id. */
  public boolean each(Predicate<Dict> visitor) {
    Set<String> all = new TreeSet<>();
    store.scan(TABLE, "", (id, notebook) -> all.add(id));
    recorded.notebooks(all::add);
    for (String id : all) {
      Dict notebook = id.matches(OWNED) ? null : get(id);
      if (notebook != null && !visitor.test(notebook)) {
        return false;
      }
    }
    return true;
  }

  /** Changes a notebook and the time of its last change. */
  public Dict update(String notebookId, UnaryOperator<Dict> change) {
    Dict changed =
        Forms.NOTEBOOK.expand(
            change.apply(require(notebookId)).toBuilder().replace("modified_time", now()).build());
    store.put(TABLE, notebookId, changed);
    return changed;
  }

  /** Adds a cell, or changes the one with this id; an empty id makes a new one. */
  public Dict putCell(String notebookId, Dict cell) {
    Object given = cell.get("cell_id");
    boolean fresh = given == null || "".equals(given);
    Dict stored =
        Forms.CELL.expand(
            cell.toBuilder()
                .replace("notebook_id", notebookId)
                .replace("cell_id", fresh ? ids.cell() : given)
                .replace("timestamp", now())
                .build());
    update(
        notebookId,
        notebook -> {
          List<Object> cells = new ArrayList<>();
          boolean[] found = new boolean[1];
          for (Object other : (List<?>) notebook.get("cell_metadata")) {
            boolean same = ((Dict) other).get("cell_id").equals(stored.get("cell_id"));
            found[0] |= same;
            cells.add(same ? stored : other);
          }
          if (!found[0]) {
            cells.add(stored);
          }
          return notebook.toBuilder().replace("cell_metadata", cells).build();
        });
    return stored;
  }

  /** Removes a cell. */
  public Dict removeCell(String notebookId, String cellId) {
    return update(
        notebookId,
        notebook -> {
          List<Object> cells = new ArrayList<>((List<?>) notebook.get("cell_metadata"));
          cells.removeIf(cell -> ((Dict) cell).get("cell_id").equals(cellId));
          return notebook.toBuilder().replace("cell_metadata", cells).build();
        });
  }

  /** Removes a notebook and its timelines. */
  public void remove(String notebookId) {
    for (String table : List.of(TIMELINES, EVENTS)) {
      store.removeAll(table, notebookId + "/");
    }
    store.remove(TABLE, notebookId);
    if (recorded.notebook(notebookId) != null) {
      recorded.hideNotebook(notebookId);
    }
  }

  /** Removes the notebook of a flow, with the tables of its cells. */
  public void forget(String clientId, String flowId) {
    forgetAll("N." + flowId + "-" + clientId);
  }

  /** Removes the notebooks of the flows and events of a client. */
  public void forget(String clientId) {
    List<String> ids = new ArrayList<>();
    store.scan(TABLE, "N.", (id, notebook) -> ids.add(id));
    ids.removeIf(id -> !id.matches("N\\.[EF]\\..*") || !id.endsWith("-" + clientId));
    ids.forEach(this::forgetAll);
  }

  private void forgetAll(String notebookId) {
    remove(notebookId);
    store.removeAll(Results.CELLS, notebookId + "/");
    store.removeAll(Results.CELLS + ".size", notebookId + "/");
  }

  /** A timeline of a notebook, or null. */
  public Dict timeline(String notebookId, String name) {
    Object stored = store.get(TIMELINES, notebookId + "/" + name);
    return stored == null ? null : Forms.SUPER_TIMELINE.expand((Dict) stored);
  }

  /** Visits the timelines of a notebook by name. */
  public boolean timelines(String notebookId, Predicate<Dict> visitor) {
    return store.scan(
        TIMELINES,
        notebookId + "/",
        (key, timeline) -> visitor.test(Forms.SUPER_TIMELINE.expand((Dict) timeline)));
  }

  /**
   * Puts one timeline into another, in the place of one of the same name.
   *
   * @param description its columns; {@code id} is its name
   * @param events the rows by their time in nanoseconds
   * @return the timeline that it is now part of
   */
  public Dict addTimeline(
      String notebookId, String name, Dict description, TreeMap<Long, List<Dict>> events) {
    require(notebookId);
    String child = (String) description.get("id");
    String prefix = eventKey(notebookId, name, child);
    Dict[] result = new Dict[1];
    store.atomically(
        () -> {
          store.removeAll(EVENTS, prefix);
          long[] number = new long[1];
          events.forEach(
              (time, rows) ->
                  rows.forEach(
                      row -> {
                        String place =
                            String.format(Locale.ROOT, "%s%020d.%012d", prefix, time, number[0]++);
                        store.put(EVENTS, place, Dict.of("time", time, "row", row));
                      }));
          Dict.Builder about = description.toBuilder();
          if (!events.isEmpty()) {
            about.replace("start_time", events.firstKey()).replace("end_time", events.lastKey());
          }
          Dict before = timeline(notebookId, name);
          List<Object> children =
              before == null
                  ? new ArrayList<>()
                  : new ArrayList<>((List<?>) before.get("timelines"));
          children.removeIf(other -> ((Dict) other).get("id").equals(child));
          children.add(about.build());
          result[0] = Forms.SUPER_TIMELINE.expand(Dict.of("name", name, "timelines", children));
          store.put(TIMELINES, notebookId + "/" + name, result[0]);
        });
    return result[0];
  }

  private static String eventKey(String notebookId, String name, String child) {
    return notebookId + "/" + name + "\n" + child + "\n";
  }

  /** Removes a timeline, or one of those that it is made of. */
  public void removeTimeline(String notebookId, String name, String child) {
    Dict before = timeline(notebookId, name);
    if (before == null) {
      return;
    }
    if (child == null || child.isEmpty()) {
      store.removeAll(EVENTS, notebookId + "/" + name + "\n");
      store.remove(TIMELINES, notebookId + "/" + name);
      return;
    }
    List<Object> children = new ArrayList<>((List<?>) before.get("timelines"));
    children.removeIf(other -> ((Dict) other).get("id").equals(child));
    store.removeAll(EVENTS, eventKey(notebookId, name, child));
    store.put(
        TIMELINES,
        notebookId + "/" + name,
        before.toBuilder().replace("timelines", children).build());
  }

  /**
   * Visits the rows of a part of a timeline in the order of time: {@code time} (ns), {@code row}.
   */
  public boolean events(String notebookId, String name, String child, Sink out) {
    return store.scan(EVENTS, eventKey(notebookId, name, child), (key, event) -> out.row(event));
  }
}
