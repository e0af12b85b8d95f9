package org.minivql.registry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;

/**
 * The messages that wait for users. Thread-safe.
 *
 * @since 0.1.0
 */
public final class UserMessages {
  private static final int KEPT = 1000;

  private final Map<String, Deque<Note>> waiting = new HashMap<>();

  UserMessages() {}

  /**
   * A message.
   *
   * @param time when it was sent
   * @param from who sent it
   * @param content what it says
   */
  public record Note(Timestamp time, String from, Dict content) {}

  /** Adds a message for a user; of very many the oldest are lost. */
  public synchronized void add(String user, Note note) {
    Deque<Note> notes = waiting.computeIfAbsent(user, name -> new ArrayDeque<>());
    if (notes.size() == KEPT) {
      notes.removeFirst();
    }
    notes.addLast(note);
  }

  /**
   * The messages of a user, the oldest first.
   *
   * @param clear whether they are forgotten then
   */
  public synchronized List<Note> read(String user, boolean clear) {
    Deque<Note> notes = clear ? waiting.remove(user) : waiting.get(user);
    return notes == null ? List.of() : List.copyOf(notes);
  }
}
