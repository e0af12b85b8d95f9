package org.minivql.registry.record;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Members;

/**
 * A record in its raw form: all fields are reachable, by their declared and their CamelCase name;
 * only those that are not zero are listed; choices are numbers; an unset nested record is NULL; of
 * alternatives the one that is set is found in {@code UnionField}.
 *
 * @since 0.1.0
 */
public final class Message implements Members {
  private static final String UNION = "UnionField";

  private final Form form;
  private final Dict record;
  private final Watcher watcher;

  /**
   * The raw form of an expanded record.
   *
   * @param watcher is told about access that works here and fails elsewhere; null for nobody
   */
  public Message(Form form, Dict record, Watcher watcher) {
    this.form = form;
    this.record = record;
    this.watcher = watcher;
  }

  /** The raw form of a record. */
  public static Message of(Form form, Dict record) {
    return new Message(form, form.expand(record), null);
  }

  @Override
  public Object member(String name) {
    if (name.equals(UNION)) {
      return form.union().isEmpty() ? Absent.ABSENT : alternative();
    }
    int at = form.find(name);
    if (at < 0 || form.union().contains(form.shape().name(at))) {
      return Absent.ABSENT;
    }
    if (watcher != null) {
      watcher.read(name, form.shape().name(at), form.isChoice(at));
    }
    return form.raw(record, at, watcher);
  }

  @Override
  public List<String> memberNames() {
    List<String> names = form.part(form.set(record)).names();
    if (alternative() == null) {
      return names;
    }
    List<String> all = new ArrayList<>(names);
    all.add(UNION);
    return all;
  }

  private boolean isSet(int at) {
    return !record.cell(at).equals(form.zero().cell(at));
  }

  /** The alternative that is set, under its CamelCase name, or null. */
  private Dict alternative() {
    for (String name : form.union()) {
      int at = form.find(name);
      if (isSet(at)) {
        return Dict.of(Form.camelCase(name), form.raw(record, at, watcher));
      }
    }
    return null;
  }

  /** The record behind it, expanded. */
  public Dict expanded() {
    return record;
  }

  /** The listed fields as a dict, nested ones too: what is printed and stored. */
  public Dict toDict() {
    BitSet set = form.set(record);
    Object[] cells = new Object[set.cardinality()];
    int count = 0;
    for (int at = set.nextSetBit(0); at >= 0; at = set.nextSetBit(at + 1)) {
      cells[count++] = plain(form.raw(record, at, null));
    }
    Dict listed = Dict.over(form.part(set), cells);
    Dict alternative = alternative();
    return alternative == null ? listed : listed.toBuilder().set(UNION, plain(alternative)).build();
  }

  private static Object plain(Object value) {
    if (value instanceof Message message) {
      return message.toDict();
    }
    if (value instanceof Dict dict) {
      Dict.Builder out = Dict.builder();
      dict.forEach((name, cell) -> out.set(name, plain(cell)));
      return out.build();
    }
    return value instanceof List<?> list ? list.stream().map(Message::plain).toList() : value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Message that && form == that.form && record.equals(that.record);
  }

  @Override
  public int hashCode() {
    return record.hashCode();
  }

  @Override
  public String toString() {
    return toDict().toString();
  }

  /** Sees which fields a query reads. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * A field was read.
     *
     * @param name the name it was read by
     * @param declared its declared name
     * @param choice whether it is a number that stands for one of several words
     */
    void read(String name, String declared, boolean choice);
  }
}
