package org.minivql.registry.store;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.h2.mvstore.MVStore;

/**
 * The look at all entries that an opened store has. A large one is looked at while it is worked
 * with; what that finds ends the work, and closing waits for it.
 */
final class Checking {
  private final Path folder;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile StoreException damage;

  private Checking(Path folder) {
    this.folder = folder;
  }

  /**
   * Begins to look.
   *
   * @param atOnce how many entries are looked at before this returns; more are left to a thread
   * @throws StoreException for damage found at once
   */
  static Checking begin(Path folder, MVStore file, Seals seals, long atOnce) {
    Checking checking = new Checking(folder);
    Seals.Reading reading = seals.reading(file);
    if (reading.entries() <= atOnce) {
      checking.run(reading);
      checking.require();
      return checking;
    }
    MVStore.TxCounter kept = file.registerVersionUsage();
    Thread thread =
        new Thread(
            () -> {
              try {
                checking.run(reading);
              } finally {
                file.deregisterVersionUsage(kept);
              }
            },
            "store-check");
    thread.setDaemon(true);
    thread.start();
    return checking;
  }

  private void run(Seals.Reading reading) {
    try {
      reading.run();
    } catch (StoreException e) {
      damage = new StoreException(folder + ": damaged: " + e.getMessage(), e);
    } catch (RuntimeException | AssertionError e) {
      damage = new StoreException(folder + ": damaged: " + e, e);
    } finally {
      done.countDown();
    }
  }

  /** Refuses to go on with a store that is known to be damaged. */
  void require() {
    StoreException found = damage;
    if (found != null) {
      throw new StoreException(found.getMessage(), found);
    }
  }

  /** Waits until everything was looked at. */
  void await() {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(folder + ": not everything was checked", e);
    }
  }
}
