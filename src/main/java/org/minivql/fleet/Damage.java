package org.minivql.fleet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects the files that could not be read; what is read beside them is kept. */
final class Damage {
  private static final int MOST = 1000;

  private final List<String> problems = new ArrayList<>();

  /** What reading gives, or null where the file is damaged. */
  <T> T guarded(Path file, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (FleetException e) {
      note(e.getMessage());
    } catch (IllegalArgumentException e) {
      note(file + ": damaged: " + e.getMessage());
    }
    return null;
  }

  synchronized void note(String problem) {
    if (problems.size() < MOST && !problems.contains(problem)) {
      problems.add(problem);
    }
  }

  synchronized List<String> problems() {
    return List.copyOf(problems);
  }
}
