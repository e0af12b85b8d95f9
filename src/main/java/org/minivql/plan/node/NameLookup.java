package org.minivql.plan.node;

import org.minivql.runtime.Frame;
import org.minivql.runtime.Layout;

/**
 * Finds one name through the layers of a frame. Remembers the places of the last few layouts it
 * met, newest first; the layout is compared each time, so a lookup is never wrong, only sometimes
 * slower.
 */
public final class NameLookup {
  private static final class Entry {
    final Layout layout;
    final Layout.Place place;

    Entry(Layout layout, Layout.Place place) {
      this.layout = layout;
      this.place = place;
    }
  }

  private final String name;
  private Entry first;
  private Entry second;
  private Entry third;
  private Entry fourth;

  public NameLookup(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  public Object find(Frame frame) {
    Layout layout = frame.layout();
    Entry entry = first;
    if (entry != null && entry.layout == layout) {
      return frame.at(name, entry.place);
    }
    entry = second;
    if (entry != null && entry.layout == layout) {
      return frame.at(name, entry.place);
    }
    entry = third;
    if (entry != null && entry.layout == layout) {
      return frame.at(name, entry.place);
    }
    entry = fourth;
    if (entry != null && entry.layout == layout) {
      return frame.at(name, entry.place);
    }
    return miss(frame, layout);
  }

  private Object miss(Frame frame, Layout layout) {
    Layout.Place place = layout.place(name);
    fourth = third;
    third = second;
    second = first;
    first = new Entry(layout, place);
    return frame.at(name, place);
  }
}
