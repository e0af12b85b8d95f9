package org.minivql.sigma.reader;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.minivql.sigma.reader.Located.Mapping;
import org.minivql.sigma.reader.Located.Member;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML document and keeps the places. Scalars follow YAML 1.2, as rules mean them: {@code
 * yes} and {@code 1:30} are text, and so are dates.
 */
public final class LocatedYaml {
  private static final int DEEPEST = 64;
  private static final int MOST_ALIASES = 200;
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}");
  private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{1,15}");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private final ParserImpl parser;
  private final int firstLine;
  private final Map<String, Located> anchors = new HashMap<>();
  private int aliases;

  private LocatedYaml(String text, int firstLine) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    this.parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
    this.firstLine = firstLine;
  }

  /**
   * Reads the first document of a text.
   *
   * @param firstLine the number of the text's first line
   * @return the document, or null where there is none
   */
  public static Located read(String text, int firstLine) throws RuleException {
    try {
      return new LocatedYaml(text, firstLine).document();
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      int line = mark == null ? firstLine : firstLine + mark.getLine();
      throw new RuleException(line, mark == null ? 1 : mark.getColumn() + 1, e.getProblem());
    } catch (YAMLException e) {
      throw new RuleException(firstLine, 1, e.getMessage());
    }
  }

  private Located document() throws RuleException {
    parser.getEvent();
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      return null;
    }
    parser.getEvent();
    Located document = node(0);
    return document.value() == null ? null : document;
  }

  private Located at(Event event, Object value) {
    Mark mark = event.getStartMark();
    return new Located(value, firstLine + mark.getLine(), mark.getColumn() + 1);
  }

  private Located node(int depth) throws RuleException {
    Event event = parser.getEvent();
    if (depth > DEEPEST) {
      throw at(event, null).error("nested too deeply");
    }
    if (event instanceof AliasEvent alias) {
      return alias(alias);
    }
    Located node;
    if (event instanceof ScalarEvent scalar) {
      node = at(event, scalar(scalar));
    } else if (event.is(Event.ID.SequenceStart)) {
      node = at(event, sequence(depth));
    } else {
      node = at(event, mapping(depth));
    }
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      anchors.put(anchor, node);
    }
    return node;
  }

  private Located alias(AliasEvent event) throws RuleException {
    Located node = anchors.get(event.getAnchor());
    if (node == null) {
      throw at(event, null).error("unknown anchor " + event.getAnchor());
    }
    // Aliases of aliases would let a short text stand for an endless one.
    if (++aliases > MOST_ALIASES || !node.isScalar() && aliases > MOST_ALIASES / 20) {
      throw at(event, null).error("too many aliases");
    }
    return node;
  }

  private List<Located> sequence(int depth) throws RuleException {
    List<Located> items = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      items.add(node(depth + 1));
    }
    parser.getEvent();
    return items;
  }

  private Mapping mapping(int depth) throws RuleException {
    List<Member> members = new ArrayList<>();
    Set<String> names = new HashSet<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Located key = node(depth + 1);
      if (!key.isScalar()) {
        throw key.error("a key must be text");
      }
      if (!names.add(key.text())) {
        throw key.error("key " + key.text() + " occurs twice");
      }
      members.add(new Member(key.text(), key.line(), key.column(), node(depth + 1)));
    }
    parser.getEvent();
    return new Mapping(members);
  }

  private static Object scalar(ScalarEvent event) {
    String text = event.getValue();
    if (event.getScalarStyle() != ScalarStyle.PLAIN || "!".equals(event.getTag())) {
      return text;
    }
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> number(text);
    };
  }

  private static Object number(String text) {
    if (INTEGER.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    if (HEX.matcher(text).matches()) {
      return Long.parseLong(text.substring(2), 16);
    }
    return FLOAT.matcher(text).matches() ? (Object) Double.parseDouble(text) : text;
  }
}
