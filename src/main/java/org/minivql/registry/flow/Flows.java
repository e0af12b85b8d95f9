package org.minivql.registry.flow;

import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.minivql.registry.event.Event;
import org.minivql.registry.event.EventBus;
import org.minivql.registry.event.LiveReads;
import org.minivql.registry.event.Origin;
import org.minivql.registry.event.Quirks;
import org.minivql.registry.event.Rule;
import org.minivql.registry.record.Forms;
import org.minivql.registry.record.Message;
import org.minivql.registry.record.Units;
import org.minivql.registry.store.Store;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/**
 * The flows of the clients: those recorded and those made or changed since.
 *
 * @since 0.1.0
 */
public final class Flows {
  /** The queue of completed flows. */
  public static final String COMPLETION = "System.Flow.Completion";

  private static final String TABLE = "flows";
  private static final String ORDER = "flow_order";

  /** How long a client may say nothing of a flow, in µs. */
  private static final long SILENCE = 300_000_000;

  private static final Shape EVENT = Shape.of("Timestamp", "Flow", "FlowId", "ClientId");
  private static final BitSet LIVE =
      Forms.FLOW.positions(
          Set.of(
              "client_id",
              "session_id",
              "total_uploaded_files",
              "total_expected_uploaded_bytes",
              "total_uploaded_bytes",
              "total_collected_rows",
              "total_logs",
              "transactions_outstanding",
              "start_time",
              "active_time",
              "execution_duration",
              "total_requests",
              "outstanding_requests",
              "state",
              "status",
              "artifacts_with_results",
              "query_stats"));

  private final Store store;
  private final Remaining recorded;
  private final EventBus bus;
  private final Quirks quirks;
  private final Clock clock;
  private final Message.Watcher watcher = this::watchRead;
  private final List<Consumer<Dict>> schedulers = new CopyOnWriteArrayList<>();

  /** The flows in the store, and the recorded ones behind them. */
  public Flows(Store store, Remaining recorded, EventBus bus, Quirks quirks, Clock clock) {
    this.store = store;
    this.recorded = recorded;
    this.bus = bus;
    this.quirks = quirks;
    this.clock = clock;
  }

  /** A flow with all fields, or null. */
  public Dict get(String clientId, String flowId) {
    Object stored = store.get(TABLE, clientId + "/" + flowId);
    if (stored != null) {
      return Forms.FLOW.expand((Dict) stored);
    }
    Dict flow = recorded.flow(clientId, flowId);
    return flow == null ? null : derive(flow);
  }

  /** Visits the flows of a client, oldest first; false when the visitor stopped. */
  public boolean each(String clientId, Predicate<Dict> visitor) {
    boolean go =
        recorded.flows(
            clientId,
            flow -> {
              String flowId = (String) flow.get("session_id");
              Object newer = store.get(TABLE, clientId + "/" + flowId);
              return visitor.test(newer != null ? Forms.FLOW.expand((Dict) newer) : derive(flow));
            });
    return go
        && store.scan(
            ORDER, clientId + "/", (key, flowId) -> visitor.test(get(clientId, (String) flowId)));
  }

  /** A flow as it is shown to who asks for it now: one that runs and is silent does not respond. */
  public Dict shown(Dict flow) {
    long last = (Long) flow.get("active_time");
    boolean silent =
        flow.get("state").equals("IN_PROGRESS")
            && last != 0
            && Units.micros(clock.instant()) - last > SILENCE;
    return silent ? flow.toBuilder().replace("state", "UNRESPONSIVE").build() : flow;
  }

  /** A flow whose request has nothing but the artifacts. */
  public Dict summary(Dict flow) {
    Object artifacts = ((Dict) flow.get("request")).get("artifacts");
    Dict request = Forms.REQUEST.expand(Dict.of("artifacts", artifacts));
    return Forms.FLOW.expand(flow.toBuilder().replace("request", request).build());
  }

  /** Adds a flow, or puts it in the place of one with the same ids. */
  public void put(Dict flow) {
    Dict full = derive(flow);
    String clientId = (String) full.get("client_id");
    String flowId = (String) full.get("session_id");
    store.atomically(
        () -> {
          if (get(clientId, flowId) == null) {
            store.put(ORDER, String.format(Locale.ROOT, "%s/%012d", clientId, next()), flowId);
          }
          store.put(TABLE, clientId + "/" + flowId, full);
        });
  }

  /** A number that no flow had, also of those removed. */
  private long next() {
    Object known = store.get(ORDER + ".next", "");
    long next = known == null ? store.size(ORDER) : (Long) known;
    store.put(ORDER + ".next", "", next + 1);
    return next;
  }

  /** Changes a flow that exists. */
  public void update(String clientId, String flowId, UnaryOperator<Dict> change) {
    Dict flow = get(clientId, flowId);
    if (flow != null) {
      put(change.apply(flow));
    }
  }

  /** Removes a flow: what was made of it since the start, and what is recorded from sight. */
  public void remove(String clientId, String flowId) {
    store.atomically(
        () -> {
          restore(clientId, flowId);
          recorded.hide(clientId, flowId);
        });
  }

  /** Removes all flows of a client like this. */
  public void forget(String clientId) {
    store.removeAll(TABLE, clientId + "/");
    store.removeAll(ORDER, clientId + "/");
    recorded.hide(clientId);
  }

  /** Has a flow be as it is recorded, whatever was made of it or removed since the start. */
  public void restore(String clientId, String flowId) {
    store.atomically(
        () -> {
          List<String> keys = new ArrayList<>();
          store.scan(
              ORDER,
              clientId + "/",
              (key, id) -> {
                if (id.equals(flowId)) {
                  keys.add(key);
                }
                return true;
              });
          keys.forEach(key -> store.remove(ORDER, key));
          store.remove(TABLE, clientId + "/" + flowId);
          recorded.show(clientId, flowId);
        });
  }

  /** Has somebody told of each flow that is scheduled and waits for a client to run it. */
  public void onScheduled(Consumer<Dict> listener) {
    schedulers.add(listener);
  }

  /** Has a client run what is requested of it from now on. */
  public void schedule(String clientId, String flowId, Dict request) {
    schedule(
        Dict.of(
            "client_id",
            clientId,
            "session_id",
            flowId,
            "request",
            request,
            "create_time",
            Units.micros(clock.instant()),
            "state",
            "RUNNING"));
  }

  /** Stores a new flow and tells those who run flows. */
  public void schedule(Dict flow) {
    put(flow);
    String clientId = (String) flow.get("client_id");
    Dict stored = get(clientId, (String) flow.get("session_id"));
    schedulers.forEach(listener -> listener.accept(stored));
  }

  /**
   * Sends the completion event of a flow, whose rows are stored by now. The event has only a part
   * of the flow: no request and no time of creation.
   */
  public Event complete(Dict flow, Origin origin) {
    Dict full = derive(flow);
    return send(full, Forms.FLOW.only(full, LIVE), origin);
  }

  /** Like {@link #complete} with the whole flow: server artifacts and imported collections. */
  public Event completeWhole(Dict flow, Origin origin) {
    Dict full = derive(flow);
    return send(full, full, origin);
  }

  private Event send(Dict flow, Dict shown, Origin origin) {
    Object clientId = flow.get("client_id");
    Message live = new Message(Forms.FLOW, shown, watcher);
    Dict payload =
        Dict.over(EVENT, clock.instant().getEpochSecond(), live, flow.get("session_id"), clientId);
    return bus.publish(COMPLETION, (String) clientId, payload, origin);
  }

  private void watchRead(String name, String declared, boolean choice) {
    Rule rule = bus.current();
    Event event = rule == null ? null : rule.current();
    if (event == null) {
      return;
    }
    LiveReads.warn(quirks, rule, "Flow", name, declared, choice);
    if (declared.equals("request") || declared.equals("create_time")) {
      quirks.warn(
          "Q-11",
          rule.name(),
          event.clientId(),
          "the Flow of a completion event has no " + declared + "; read it with get_flow()");
    }
  }

  /** A flow with all fields; what was left out is worked out from the queries' statistics. */
  public static Dict derive(Dict given) {
    Dict full = Forms.FLOW.expand(given);
    List<?> stats = (List<?>) full.get("query_stats");
    if (stats.isEmpty()) {
      return full;
    }
    Dict.Builder out = full.toBuilder();
    total(out, given, stats, "total_collected_rows", "result_rows");
    total(out, given, stats, "total_logs", "log_rows");
    total(out, given, stats, "total_uploaded_files", "uploaded_files");
    total(out, given, stats, "total_uploaded_bytes", "uploaded_bytes");
    total(out, given, stats, "total_expected_uploaded_bytes", "expected_uploaded_bytes");
    deriveTimes(out, given, stats);
    if (!given.has("artifacts_with_results")) {
      Set<Object> names = new LinkedHashSet<>();
      stats.forEach(s -> names.addAll((List<?>) ((Dict) s).get("names_with_response")));
      out.replace("artifacts_with_results", List.copyOf(names));
    }
    if (!given.has("state")) {
      deriveState(out, stats);
    }
    return Forms.FLOW.expand(out.build());
  }

  private static void total(
      Dict.Builder out, Dict given, List<?> stats, String total, String part) {
    if (!given.has(total)) {
      long sum = 0;
      for (Object stat : stats) {
        sum += (Long) ((Dict) stat).get(part);
      }
      out.replace(total, sum);
    }
  }

  private static void deriveTimes(Dict.Builder out, Dict given, List<?> stats) {
    long first = Long.MAX_VALUE;
    long last = 0;
    long longest = 0;
    for (Object stat : stats) {
      Dict query = (Dict) stat;
      long began = (Long) query.get("first_active");
      first = began == 0 ? first : Math.min(first, began);
      last = Math.max(last, (Long) query.get("last_active"));
      longest = Math.max(longest, (Long) query.get("duration"));
    }
    if (!given.has("start_time") && first != Long.MAX_VALUE) {
      out.replace("start_time", first);
    }
    if (!given.has("active_time")) {
      out.replace("active_time", last);
    }
    if (!given.has("execution_duration")) {
      out.replace("execution_duration", longest);
    }
  }

  private static void deriveState(Dict.Builder out, List<?> stats) {
    boolean finished = true;
    for (Object stat : stats) {
      Dict query = (Dict) stat;
      if (query.get("status").equals("GENERIC_ERROR")
          || query.get("status").equals("UNKNOWN_FLOW")) {
        out.replace("state", "ERROR").replace("status", query.get("error_message"));
        return;
      }
      finished &= query.get("status").equals("OK");
    }
    out.replace("state", finished ? "FINISHED" : "IN_PROGRESS");
  }
}
