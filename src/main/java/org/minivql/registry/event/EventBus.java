package org.minivql.registry.event;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/**
 * The event queues. Everything is delivered in one order: an event is handled by all who are
 * interested before the next one is, and what a handler sends waits until then.
 *
 * <p>{@link #publish} from outside of any handler returns when the event and everything it caused
 * has been handled. From within a handler it returns at once.
 *
 * @since 0.1.0
 */
public final class EventBus {
  private static final long LOOP_LIMIT = 1000;
  private static final int SHAPES = 1000;
  private static final long PATIENCE_SECONDS = 5;

  /** When a service of the server handles an event. */
  public enum Phase {
    /** Before the queries. */
    FIRST,
    /** After the queries. */
    LAST
  }

  private record Listener(String queue, Phase phase, Consumer<Event> action) {}

  private final Clock clock;
  private final Quirks quirks;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private final Map<Shape, Shape> shapes = new ConcurrentHashMap<>();
  private final Map<String, long[]> counts = new HashMap<>();
  private final ArrayDeque<Event> pending = new ArrayDeque<>();
  private boolean delivering;
  private boolean closed;
  private volatile Rule current;

  /** A bus without watchers; the clock gives the times of events. */
  public EventBus(Clock clock, Quirks quirks) {
    this.clock = clock;
    this.quirks = quirks;
  }

  /** Has a service handle the events of a queue; null for all queues. */
  public void listen(String queue, Phase phase, Consumer<Event> action) {
    listeners.add(new Listener(queue, phase, action));
  }

  /** Sends an event and has it handled. */
  public Event publish(String queue, String clientId, Dict payload, Origin origin) {
    Event event = post(queue, clientId, payload, origin);
    deliver();
    return event;
  }

  /**
   * Puts an event into its queue; {@link #deliver} has it handled. Two steps, so that a change and
   * its event can be made in one order without holding locks during the handling.
   */
  public Event post(String queue, String clientId, Dict payload, Origin origin) {
    synchronized (pending) {
      long seq = ++counts.computeIfAbsent(queue, name -> new long[1])[0];
      Event event =
          new Event(seq, queue, clientId, origin.principal(), clock.instant(), payload, origin);
      if (!closed) {
        pending.add(event);
      }
      return event;
    }
  }

  /** Handles what is waiting, unless that is being done already. */
  public void deliver() {
    synchronized (pending) {
      if (delivering) {
        return;
      }
      delivering = true;
    }
    boolean quiet = false;
    try {
      Event event = next();
      while (event != null) {
        handle(event);
        event = next();
      }
      quiet = true;
    } finally {
      if (!quiet) {
        synchronized (pending) {
          delivering = false;
        }
      }
    }
  }

  /** The next event; where there is none, delivering has ended in the same step. */
  private Event next() {
    synchronized (pending) {
      Event event = pending.poll();
      if (event == null) {
        delivering = false;
      }
      return event;
    }
  }

  private void handle(Event event) {
    run(event, Phase.FIRST);
    Shape shape = null;
    for (Watch watch : watches) {
      if (watch.queue().equals(event.queue())) {
        if (watch.loops(event, LOOP_LIMIT)) {
          quirks.warn("W-LOOP", watch.rule().name(), event.clientId(), loop(event, watch.rule()));
        } else {
          shape = shape == null ? liveShape(event.payload().shape()) : shape;
          handle(event, watch, shape);
        }
      }
    }
    run(event, Phase.LAST);
  }

  private void handle(Event event, Watch watch, Shape shape) {
    Rule rule = watch.rule();
    current = rule;
    try {
      if (rule.turns() != null) {
        handle(event, watch, shape, rule.turns());
      } else {
        boolean ended = watch.deliver(event, shape);
        rule.handled();
        if (ended) {
          rule.settle(PATIENCE_SECONDS);
        }
      }
    } finally {
      current = null;
    }
  }

  /** All that the rule does because of the event is done before anything else happens. */
  private static void handle(Event event, Watch watch, Shape shape, Turns turns) {
    Rule rule = watch.rule();
    if (rule.waits() || turns.takesPart()) {
      watch.give(event, shape);
    } else {
      turns.risk(() -> watch.deliver(event, shape), rule::stuck);
    }
    turns.settle(Turns.Patience.CAUSING);
    rule.handled();
  }

  /** The query that is handling an event right now, or null. */
  public Rule current() {
    return current;
  }

  private void run(Event event, Phase phase) {
    for (Listener listener : listeners) {
      if (listener.phase() == phase
          && (listener.queue() == null || listener.queue().equals(event.queue()))) {
        listener.action().accept(event);
      }
    }
  }

  /** The payload's shape with the two columns of a live event, or null where it has them itself. */
  private Shape liveShape(Shape payload) {
    if (payload.indexOf("_ts") >= 0 || payload.indexOf("_Source") >= 0) {
      return null;
    }
    if (shapes.size() > SHAPES) {
      shapes.clear();
    }
    return shapes.computeIfAbsent(
        payload,
        p -> {
          List<String> names = new ArrayList<>(p.names());
          Collections.addAll(names, "_ts", "_Source");
          return Shape.of(names);
        });
  }

  /** The rules that trigger each other, from one of them on if it is among them. */
  private static String loop(Event event, Rule first) {
    List<String> steps = new ArrayList<>();
    for (Event e = event; e != null; e = e.cause()) {
      String sender = e.origin().rule();
      if (sender != null) {
        boolean closed = steps.size() > 1 && sender.equals(steps.get(0));
        steps.add(sender);
        if (closed) {
          break;
        }
      }
      if (e.cause() != null && !steps.isEmpty()) {
        steps.add(e.cause().queue());
      }
    }
    Collections.reverse(steps);
    int start = steps.indexOf(first.name());
    if (start > 0 && steps.get(0).equals(steps.get(steps.size() - 1))) {
      steps.remove(steps.size() - 1);
      Collections.rotate(steps, -start);
      steps.add(first.name());
    }
    return "rules trigger each other: " + String.join(" -> ", steps);
  }

  /**
   * Runs a query over the events of a queue, from now on; earlier ones are not seen. Returns when
   * the query wants no more, is cancelled, or the bus is closed.
   *
   * @param queue the exact name
   * @param rule the running query
   * @param alive false once the query was cancelled
   * @param out takes {@code payload…, _ts (s), _Source}
   */
  public void watch(String queue, Rule rule, BooleanSupplier alive, Sink out) {
    Watch watch = new Watch(queue, rule, alive, out);
    synchronized (pending) {
      if (closed) {
        return;
      }
      watches.add(watch);
    }
    if (rule.turns() == null) {
      rule.owns(Thread.currentThread());
      rule.ready();
    }
    try {
      watch.await();
    } finally {
      watches.remove(watch);
    }
  }

  /** How many events a queue had so far. */
  public long count(String queue) {
    synchronized (pending) {
      long[] count = counts.get(queue);
      return count == null ? 0 : count[0];
    }
  }

  /** The queues that queries are watching, in the order in which they began. */
  public List<String> watched() {
    return watches.stream().map(Watch::queue).toList();
  }

  /** The queues that a query is watching, in the order in which it began. */
  public List<String> watchedBy(Rule rule) {
    return watches.stream().filter(w -> w.rule() == rule).map(Watch::queue).distinct().toList();
  }

  /** Ends all watches; later events are dropped. */
  public void close() {
    synchronized (pending) {
      closed = true;
      pending.clear();
    }
    watches.forEach(Watch::finish);
  }
}
