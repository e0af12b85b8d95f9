package org.minivql.format.evtx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/** Makes rows of elements; rows with the same names share a shape. */
final class Rows {
  private static final int MAX_SHAPES = 4096;

  private final Map<List<String>, Shape> shapes = new HashMap<>();

  /** The row of an event. */
  Dict row(Element event) {
    Members members = new Members();
    for (Object item : event.content()) {
      if (item instanceof Element child) {
        members.add(child.name(), child(child));
      }
    }
    members.add("Message", "");
    return members.dict();
  }

  private Object child(Element element) {
    Object value = value(element);
    return value == null || value.equals("") ? Dict.EMPTY : value;
  }

  private Object value(Element element) {
    List<Object> text = new ArrayList<>(1);
    boolean plain = !element.attributed() && !element.name().equals("EventID");
    for (Object item : element.content()) {
      if (item instanceof Element) {
        plain = false;
      } else {
        text.add(item);
      }
    }
    return plain ? text(element, text) : dict(element, text);
  }

  private static Object text(Element element, List<Object> parts) {
    return parts.isEmpty() ? "" : Scalar.join(parts);
  }

  private Dict dict(Element element, List<Object> text) {
    Members members = new Members();
    for (Element.Attribute attribute : element.attributes()) {
      if (!attribute.name().equals("xmlns")) {
        members.add(attribute.name(), attribute.value());
      }
    }
    for (Object item : element.content()) {
      if (item instanceof Element child) {
        member(members, child);
      }
    }
    Object value = Scalar.join(text);
    if (value != null) {
      members.add("Value", value);
    }
    return members.dict();
  }

  private void member(Members members, Element child) {
    if (child.name().equals("Data")
        && child.attribute("Name") instanceof String name
        && !name.isEmpty()) {
      members.add(name, content(child));
    } else {
      members.add(child.name(), value(child));
    }
  }

  private Object content(Element data) {
    for (Object item : data.content()) {
      if (item instanceof Element) {
        return dict(data, List.of());
      }
    }
    return Scalar.join(data.content());
  }

  /** Names and values in order; values of the same name become a list. */
  private final class Members {
    private final List<String> names = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private Map<String, Integer> places;
    private List<List<Object>> lists;

    void add(String name, Object value) {
      int at = indexOf(name);
      if (at < 0) {
        if (places != null) {
          places.put(name, names.size());
        }
        names.add(name);
        values.add(value);
        return;
      }
      if (lists == null) {
        lists = new ArrayList<>();
      }
      Object before = values.get(at);
      for (List<Object> list : lists) {
        if (list == before) {
          list.add(value);
          return;
        }
      }
      List<Object> list = new ArrayList<>();
      list.add(before);
      list.add(value);
      lists.add(list);
      values.set(at, list);
    }

    private int indexOf(String name) {
      if (places == null && names.size() < 16) {
        return names.indexOf(name);
      }
      if (places == null) {
        places = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
          places.put(names.get(i), i);
        }
      }
      Integer at = places.get(name);
      return at == null ? -1 : at;
    }

    Dict dict() {
      if (names.isEmpty()) {
        return Dict.EMPTY;
      }
      Shape shape = shapes.get(names);
      if (shape == null) {
        shape = Shape.of(names);
        if (shapes.size() < MAX_SHAPES) {
          shapes.put(List.copyOf(names), shape);
        }
      }
      return Dict.over(shape, values.toArray());
    }
  }
}
