package org.minivql.runtime;

import java.util.ArrayList;
import java.util.List;

/** What has to be closed when a scope ends. */
final class Destructors {
  private static final int ROUNDS = 10;

  private List<Runnable> pending = new ArrayList<>();
  private boolean closed;

  synchronized boolean add(Runnable destructor) {
    if (closed) {
      return false;
    }
    pending.add(destructor);
    return true;
  }

  /** Runs all in reverse order; those registered meanwhile follow in further rounds. */
  void close(QueryContext query) {
    for (int round = 0; round <= ROUNDS; round++) {
      List<Runnable> now;
      synchronized (this) {
        now = pending;
        pending = new ArrayList<>();
        closed = now.isEmpty() || round == ROUNDS;
      }
      for (int i = now.size() - 1; i >= 0; i--) {
        run(query, now.get(i));
      }
    }
  }

  private static void run(QueryContext query, Runnable destructor) {
    try {
      destructor.run();
    } catch (RuntimeException e) {
      query.log("ERROR:While closing: " + e);
    }
  }
}
