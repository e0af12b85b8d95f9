package org.minivql.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minivql.value.Dict;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;

/** Builds the value of a document from the events of the parser. */
final class YamlBuilder {
  static final Object NOTHING = new Object();

  private static final int DEEPEST = 200;
  private static final long LARGEST = 5_000_000;

  private final Parser parser;
  private final Map<String, Node> anchors = new HashMap<>();
  private long size;

  /**
   * A value and how many values it is made of with its aliases written out.
   *
   * @param merge whether it is the key that merges another mapping in
   */
  private record Node(Object value, long size, boolean merge) {}

  YamlBuilder(Parser parser) {
    this.parser = parser;
  }

  /** The first document, or NOTHING. */
  Object document() throws FormatException {
    parser.getEvent();
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      return NOTHING;
    }
    parser.getEvent();
    return node(0).value();
  }

  private Node node(int depth) throws FormatException {
    Event event = parser.getEvent();
    if (depth > DEEPEST) {
      throw new FormatException("yaml: nested too deeply", event.getStartMark().getIndex());
    }
    if (event instanceof AliasEvent alias) {
      return grown(alias(alias), event);
    }
    Node node;
    if (event instanceof ScalarEvent scalar) {
      node = scalar(scalar);
    } else if (event.is(Event.ID.SequenceStart)) {
      node = sequence(depth);
    } else {
      node = mapping(depth);
    }
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      anchors.put(anchor, node);
    }
    return event instanceof ScalarEvent ? grown(node, event) : node;
  }

  /** Keeps a short document from becoming a long one through aliases of aliases. */
  private Node grown(Node node, Event event) throws FormatException {
    size += node.size();
    if (size > LARGEST) {
      throw new FormatException(
          "yaml: document contains excessive aliasing", event.getStartMark().getIndex());
    }
    return node;
  }

  private Node alias(AliasEvent event) throws FormatException {
    Node node = anchors.get(event.getAnchor());
    if (node == null) {
      throw new FormatException(
          "yaml: unknown anchor '" + event.getAnchor() + "' referenced",
          event.getStartMark().getIndex());
    }
    return node;
  }

  private static Node scalar(ScalarEvent event) {
    String text = event.getValue();
    boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
    String tag = event.getTag();
    if (plain && tag == null) {
      return new Node(YamlScalars.resolve(text), 1, text.equals("<<"));
    }
    boolean resolves = tag != null && !tag.equals("!") && !tag.endsWith(":str");
    return new Node(resolves ? YamlScalars.resolve(text) : text, 1, false);
  }

  private Node sequence(int depth) throws FormatException {
    List<Object> items = new ArrayList<>();
    long total = 1;
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      Node item = node(depth + 1);
      items.add(item.value());
      total += item.size();
    }
    parser.getEvent();
    return new Node(items, total, false);
  }

  private Node mapping(int depth) throws FormatException {
    Dict.Builder members = Dict.builder();
    List<Object> merged = new ArrayList<>();
    long total = 1;
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Node key = node(depth + 1);
      Node value = node(depth + 1);
      total += key.size() + value.size();
      if (key.merge()) {
        merged.add(value.value());
      } else if (key.value() instanceof String name) {
        members.set(name, value.value());
      }
    }
    parser.getEvent();
    merged.forEach(source -> merge(members, source));
    return new Node(members.build(), total, false);
  }

  private static void merge(Dict.Builder members, Object source) {
    if (source instanceof List<?> sources) {
      sources.forEach(one -> merge(members, one));
    } else if (source instanceof Dict dict) {
      dict.forEach(
          (name, value) -> {
            if (!members.contains(name)) {
              members.set(name, value);
            }
          });
    }
  }
}
