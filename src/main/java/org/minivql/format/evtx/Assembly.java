package org.minivql.format.evtx;

import java.util.ArrayList;
import java.util.List;

/** Puts the values of template instances into their places. */
final class Assembly {
  /** More than any record of 64 KiB can honestly hold. */
  private static final int BUDGET = 1 << 20;

  private static final int MAX_DEPTH = 64;

  private int left = BUDGET;

  private Assembly() {}

  /**
   * The element that a record holds.
   *
   * @throws CorruptException when it holds none, or grows without bounds
   */
  static Element root(List<Node> nodes) {
    Element holder = new Element("", false);
    new Assembly().fill(holder.content(), nodes, null, 0);
    for (Object item : holder.content()) {
      if (item instanceof Element element) {
        return element;
      }
    }
    throw new CorruptException("no element");
  }

  private void spend(int work) {
    left -= work;
    if (left < 0) {
      throw new CorruptException("a record larger than a chunk");
    }
  }

  private void fill(List<Object> content, List<Node> nodes, Node.Values values, int depth) {
    if (depth > MAX_DEPTH) {
      throw new CorruptException("nested too deeply");
    }
    for (Node node : nodes) {
      spend(1);
      if (node instanceof Node.Text text) {
        spend(text.text().length());
        content.add(text.text());
      } else if (node instanceof Node.Place place) {
        place(content, place, values, depth);
      } else if (node instanceof Node.Tag tag) {
        tag(content, tag, values, depth);
      } else if (node instanceof Node.Instance instance) {
        fill(content, instance.template(), instance.values(), depth + 1);
      }
    }
  }

  private void place(List<Object> content, Node.Place place, Node.Values values, int depth) {
    int type = values == null ? Scalars.NULL : values.type(place.index());
    if (type == Scalars.NULL) {
      return;
    }
    int from = values.offsets()[place.index()];
    int size = values.sizes()[place.index()];
    spend(size);
    if (type == Scalars.BINARY_XML) {
      Chunk chunk = values.chunk();
      fill(content, BinaryXml.read(chunk, from, from + size, depth), null, depth + 1);
    } else if ((type & Scalars.ARRAY) != 0) {
      content.addAll(Scalars.array(type & ~Scalars.ARRAY, values.chunk().data(), from, size));
    } else {
      content.add(Scalars.scalar(type, values.chunk().data(), from, size));
    }
  }

  private void tag(List<Object> content, Node.Tag tag, Node.Values values, int depth) {
    if (tag.content().size() == 1 && tag.content().get(0) instanceof Node.Place place) {
      int type = values == null ? Scalars.NULL : values.type(place.index());
      if (type == Scalars.NULL && place.optional() && tag.attributes().isEmpty()) {
        return;
      }
      if ((type & Scalars.ARRAY) != 0) {
        repeat(content, tag, place, values, depth);
        return;
      }
    }
    Element element = open(tag, values, depth);
    fill(element.content(), tag.content(), values, depth + 1);
    content.add(element);
  }

  /** An element around an array stands once for each item, and once for an empty array. */
  private void repeat(
      List<Object> content, Node.Tag tag, Node.Place place, Node.Values values, int depth) {
    int index = place.index();
    spend(values.sizes()[index]);
    List<Scalar> items =
        Scalars.array(
            values.type(index) & ~Scalars.ARRAY,
            values.chunk().data(),
            values.offsets()[index],
            values.sizes()[index]);
    if (items.isEmpty()) {
      content.add(open(tag, values, depth));
    }
    for (Scalar item : items) {
      Element element = open(tag, values, depth);
      element.content().add(item);
      content.add(element);
    }
  }

  private Element open(Node.Tag tag, Node.Values values, int depth) {
    Element element = new Element(tag.name(), !tag.attributes().isEmpty());
    spend(1 + tag.name().length());
    for (Node.TagAttribute attribute : tag.attributes()) {
      if (missing(attribute, values)) {
        continue;
      }
      Element.Attribute filled = new Element.Attribute(attribute.name(), new ArrayList<>(1));
      fill(filled.parts(), attribute.parts(), values, depth + 1);
      filled.parts().removeIf(Element.class::isInstance);
      element.attributes().add(filled);
    }
    return element;
  }

  private static boolean missing(Node.TagAttribute attribute, Node.Values values) {
    for (Node part : attribute.parts()) {
      if (part instanceof Node.Place place
          && place.optional()
          && (values == null || values.type(place.index()) == Scalars.NULL)) {
        return true;
      }
    }
    return false;
  }
}
