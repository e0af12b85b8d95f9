package org.minivql.registry;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.minivql.value.Scope;

/**
 * One running event query: its name and the event it is handling. A host that runs rules gives each
 * run its own as a service; a query run without one gets a nameless rule.
 */
public final class Rule {
  private final String name;
  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile Event current;
  private volatile long eventsSeen;

  /**
   * A rule that is about to run.
   *
   * @param name {@code Artifact} or {@code Artifact/Source}; null for an ad hoc query
   */
  public Rule(String name) {
    this.name = name;
  }

  /** The rule that a scope belongs to. */
  public static Rule of(Scope scope) {
    Rule rule = scope.service(Rule.class);
    return rule != null ? rule : scope.runState(Rule.class, () -> new Rule(null));
  }

  /** The rule's name, or null. */
  public String name() {
    return name;
  }

  /** The event being handled, or null between events. */
  public Event current() {
    return current;
  }

  /** How many events its watchers were given. */
  public long eventsSeen() {
    return eventsSeen;
  }

  /** Called when the query listens for events, or is over: whoever waits for it may go on. */
  public void ready() {
    ready.countDown();
  }

  /**
   * Waits until the query listens for events or is over.
   *
   * @param seconds how long at most, in real time
   * @return false when neither happened
   */
  public boolean awaitReady(long seconds) throws InterruptedException {
    return ready.await(seconds, TimeUnit.SECONDS);
  }

  /** Only the bus's delivering thread calls this, for one event at a time. */
  void handling(Event event) {
    current = event;
    if (event != null) {
      eventsSeen = eventsSeen + 1;
    }
  }
}
