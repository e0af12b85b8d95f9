package org.minivql.sigma.event;

import java.util.Arrays;
import java.util.Locale;
import org.minivql.format.Json;
import org.minivql.value.Absent;
import org.minivql.value.Scope;

/**
 * One event while the rules look at it. What several rules need (a field, its text, its text in
 * small letters) is found once. Reused for the next event.
 */
public final class EventView {
  private static final Object UNREAD = new Object();

  private final Scope scope;
  private Object[] values;
  private String[] texts;
  private String[] lowers;
  private boolean[] read;
  private boolean[] found;
  private Object event;
  private String json;

  public EventView(Scope scope, int fields) {
    this.scope = scope;
    this.values = new Object[fields];
    this.texts = new String[fields];
    this.lowers = new String[fields];
    this.read = new boolean[fields];
    this.found = new boolean[fields];
    Arrays.fill(values, UNREAD);
  }

  /** Details can name fields that no rule uses; those come after the others. */
  private void grow(int fields) {
    int before = values.length;
    values = Arrays.copyOf(values, fields);
    Arrays.fill(values, before, fields, UNREAD);
    texts = Arrays.copyOf(texts, fields);
    lowers = Arrays.copyOf(lowers, fields);
    read = Arrays.copyOf(read, fields);
    found = Arrays.copyOf(found, fields);
  }

  public void show(Object next) {
    event = next;
    json = null;
    Arrays.fill(values, UNREAD);
    Arrays.fill(texts, null);
    Arrays.fill(lowers, null);
  }

  public Scope scope() {
    return scope;
  }

  public Object event() {
    return event;
  }

  /** The value of a field; absent where the event has no such field. */
  public Object value(Field field) {
    int slot = field.slot();
    if (slot >= values.length) {
      grow(slot + 8);
    }
    Object value = values[slot];
    if (value == UNREAD) {
      value = field.of(scope, event);
      values[slot] = value;
      read[slot] = true;
      found[slot] |= value != Absent.ABSENT;
    }
    return value;
  }

  /** Whether a field was looked for in events and none had it. */
  public boolean neverFound(Field field) {
    int slot = field.slot();
    return slot < read.length && read[slot] && !found[slot];
  }

  /** The text of a field, or null where it is missing or NULL. */
  public String text(Field field) {
    int slot = field.slot();
    String text = slot < texts.length ? texts[slot] : null;
    if (text == null) {
      Object value = value(field);
      if (value == null || value == Absent.ABSENT) {
        return null;
      }
      text = value instanceof String string ? string : scope.operators().text(scope, value);
      texts[slot] = text;
    }
    return text;
  }

  /** The text of a field in small letters, or null. */
  public String lower(Field field) {
    int slot = field.slot();
    String lower = slot < lowers.length ? lowers[slot] : null;
    if (lower == null) {
      String text = text(field);
      if (text == null) {
        return null;
      }
      lower = text.toLowerCase(Locale.ROOT);
      lowers[slot] = lower;
    }
    return lower;
  }

  /** The whole event as JSON in small letters. */
  public String json() {
    if (json == null) {
      json = Json.text(scope, event).toLowerCase(Locale.ROOT);
    }
    return json;
  }
}
