package org.minivql.builtin.server;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.minivql.registry.Access;
import org.minivql.registry.ServerModel;
import org.minivql.registry.flow.Notebooks;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;
import org.minivql.value.Timestamp;
import org.minivql.value.time.Times;

/** Timelines of notebooks. */
final class TimelineCalls {
  private static final long NANOS = 1_000_000_000;

  private TimelineCalls() {}

  @VqlFunction(
      name = "timeline_add",
      doc =
          "Puts the rows of a query, by their time, into a timeline of a notebook. Returns {name,"
              + " timelines: [{start_time, end_time (ns), id, timestamp_column}]}.",
      version = 2,
      permission = "NOTEBOOK_EDITOR")
  static Object timelineAdd(
      CallContext call,
      @Arg(value = "The timeline that gets a new part.", required = true) String timeline,
      @Arg(value = "The name of the part.", required = true) String name,
      @Arg(value = "The rows.", required = true) StoredQuery query,
      @Arg(value = "The column with the time.", required = true) String key,
      @Arg(value = "The column with the message.", name = "message_column") String messageColumn,
      @Arg(value = "The column that says what the time is.", name = "ts_desc_column")
          String descriptionColumn,
      @Arg(value = "The notebook; that of the scope if not given.", name = "notebook_id")
          String notebookId) {
    ServerModel server = Access.server(call, "NOTEBOOK_EDITOR");
    String notebook = NotebookCalls.notebook(call, notebookId);
    Scope scope = call.scope();
    TreeMap<Long, List<Dict>> events = new TreeMap<>();
    query.run(
        scope,
        row -> {
          if (!(scope.operators().normalise(scope, row) instanceof Dict dict)) {
            return true;
          }
          Timestamp time = dict.has(key) ? Times.parse(scope, dict.get(key)) : null;
          if (time != null) {
            events.computeIfAbsent(nanos(time.instant()), t -> new ArrayList<>()).add(dict);
          }
          return true;
        });
    Dict description =
        Dict.of(
            "id",
            name,
            "timestamp_column",
            key,
            "message_column",
            messageColumn == null ? "" : messageColumn,
            "timestamp_description_column",
            descriptionColumn == null ? "" : descriptionColumn);
    return Notebooks.timelineMessage(
        server.notebooks().addTimeline(notebook, timeline, description, events));
  }

  private static long nanos(Instant time) {
    try {
      return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
    } catch (ArithmeticException e) {
      return BigInteger.valueOf(time.getEpochSecond()).signum() < 0 ? 0 : Long.MAX_VALUE;
    }
  }

  @VqlFunction(
      name = "timeline_delete",
      doc = "Removes a timeline, or one of its parts. Returns TRUE.",
      version = 2,
      permission = "NOTEBOOK_EDITOR")
  static Object timelineDelete(
      CallContext call,
      @Arg(value = "The timeline.", required = true) String timeline,
      @Arg(value = "The notebook.", name = "notebook_id") String notebookId,
      @Arg("One part only.") String name) {
    ServerModel server = Access.server(call, "NOTEBOOK_EDITOR");
    server.notebooks().removeTimeline(NotebookCalls.notebook(call, notebookId), timeline, name);
    return true;
  }

  @VqlPlugin(name = "timelines", doc = "The timelines of a notebook.", permission = "READ_RESULTS")
  static void timelines(
      Sink out,
      CallContext call,
      @Arg(value = "The notebook.", name = "notebook_id") String notebookId) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    server.notebooks().timelines(NotebookCalls.notebook(call, notebookId), out::row);
  }

  @VqlPlugin(
      name = "timeline",
      doc =
          "The rows of the parts of a timeline in the order of time: Timestamp, Message, Description,"
              + " the columns of the row, and _Source, the name of the part.",
      version = 2,
      permission = "READ_RESULTS")
  static void timeline(
      Sink out,
      CallContext call,
      @Arg(value = "The timeline.", required = true) String timeline,
      @Arg("These parts only.") StringList components,
      @Arg("All but these parts.") StringList skip,
      @Arg("From this time on.") Object start,
      @Arg(value = "The notebook; that of the scope if not given.", name = "notebook_id")
          String notebookId) {
    ServerModel server = Access.server(call, "READ_RESULTS");
    String notebook = NotebookCalls.notebook(call, notebookId);
    Dict found = server.notebooks().timeline(notebook, timeline);
    if (found == null) {
      throw new ArgumentException("Timeline " + timeline + " not found: NotFoundError");
    }
    long first = nanos(Stored.from(call, start));
    List<Dict> parts = new ArrayList<>();
    for (Object part : (List<?>) found.get("timelines")) {
      String id = (String) ((Dict) part).get("id");
      boolean wanted = components == null || components.contains(id);
      if (wanted && (skip == null || !skip.contains(id))) {
        parts.add((Dict) part);
      }
    }
    merge(server, notebook, timeline, parts, first, out);
  }

  private record Event(long time, int order, Dict row, Dict part) {}

  private static void merge(
      ServerModel server, String notebook, String timeline, List<Dict> parts, long from, Sink out) {
    PriorityQueue<Event> events =
        new PriorityQueue<>(
            (a, b) ->
                a.time() == b.time()
                    ? Integer.compare(a.order(), b.order())
                    : Long.compare(a.time(), b.time()));
    for (Dict part : parts) {
      server
          .notebooks()
          .events(
              notebook,
              timeline,
              (String) part.get("id"),
              event -> {
                Dict dict = (Dict) event;
                long time = (Long) dict.get("time");
                if (time >= from) {
                  events.add(new Event(time, events.size(), (Dict) dict.get("row"), part));
                }
                return true;
              });
    }
    boolean go = true;
    while (go && !events.isEmpty()) {
      go = out.row(shown(events.poll()));
    }
  }

  private static Dict shown(Event event) {
    String key = (String) event.part().get("timestamp_column");
    String message = (String) event.part().get("message_column");
    String description = (String) event.part().get("timestamp_description_column");
    StringBuilder all = new StringBuilder();
    for (Map.Entry<String, Object> cell : event.row().entries()) {
      if (!cell.getKey().equals(key)) {
        all.append(cell.getKey()).append(": ").append(cell.getValue()).append(' ');
      }
    }
    Instant time =
        Instant.ofEpochSecond(
            Math.floorDiv(event.time(), NANOS), Math.floorMod(event.time(), NANOS));
    Dict.Builder out =
        Dict.builder()
            .set("Timestamp", Timestamp.utc(time))
            .set("Message", message.isEmpty() ? all.toString() : event.row().get(message))
            .set("Description", description.isEmpty() ? "" : event.row().get(description));
    event
        .row()
        .forEach(
            (name, value) -> {
              if (!name.equals("Timestamp")) {
                out.set(name, value);
              }
            });
    return out.replace("_Source", event.part().get("id")).build();
  }
}
