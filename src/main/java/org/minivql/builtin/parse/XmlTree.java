package org.minivql.builtin.parse;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.minivql.value.Dict;
import org.minivql.value.Nesting;

/** An XML document as nested dicts. */
final class XmlTree {

  private XmlTree() {}

  /** An element that is still open. */
  private static final class Element {
    private final String name;
    private final Map<String, Object> members = new TreeMap<>();
    private final StringBuilder text = new StringBuilder();
    private boolean parent;

    Element(String name) {
      this.name = name;
    }

    void add(String child, Object value) {
      parent = true;
      Object before = members.get(child);
      if (before == null) {
        members.put(child, value);
      } else if (before instanceof Repeated list) {
        list.values.add(value);
      } else {
        Repeated list = new Repeated();
        list.values.add(before);
        list.values.add(value);
        members.put(child, list);
      }
    }

    Object value() {
      String trimmed = text.toString().strip();
      if (members.isEmpty()) {
        return trimmed;
      }
      if (!trimmed.isEmpty()) {
        members.put("#text", trimmed);
      }
      members.replaceAll((key, value) -> value instanceof Repeated list ? list.values : value);
      return Dict.unordered(members);
    }
  }

  /** The values of a child that occurs more than once. */
  private static final class Repeated {
    private final List<Object> values = new ArrayList<>();
  }

  static Dict read(InputStream in) throws XMLStreamException, IOException {
    // Nothing a document declares may make the parser read or expand anything.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    XMLStreamReader reader = factory.createXMLStreamReader(in);
    Deque<Element> open = new ArrayDeque<>();
    try {
      return read(reader, open);
    } catch (XMLStreamException e) {
      throw open.isEmpty() ? new IOException("EOF", e) : new IOException(readable(e), e);
    } finally {
      reader.close();
    }
  }

  /** One line, in place of a report of several. */
  private static String readable(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int reason = message.indexOf("Message: ");
    return "XML syntax error on line "
        + e.getLocation().getLineNumber()
        + ": "
        + (reason < 0 ? message : message.substring(reason + "Message: ".length()));
  }

  private static Dict read(XMLStreamReader reader, Deque<Element> open)
      throws XMLStreamException, IOException {
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (open.size() >= Nesting.DEEPEST) {
            throw new IOException("elements are nested deeper than " + Nesting.DEEPEST);
          }
          open.push(start(reader));
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          Element element = open.peek();
          if (element != null && !element.parent) {
            element.text.append(reader.getText());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          Element done = open.pop();
          if (open.isEmpty()) {
            return Dict.unordered(Map.of(done.name, done.value()));
          }
          open.peek().add(done.name, done.value());
        }
        default -> {
          // Comments, instructions and declarations carry nothing.
        }
      }
    }
    throw new IOException("EOF");
  }

  private static Element start(XMLStreamReader reader) {
    Element element = new Element(reader.getLocalName());
    for (int i = 0; i < reader.getNamespaceCount(); i++) {
      String prefix = reader.getNamespacePrefix(i);
      String name = prefix == null || prefix.isEmpty() ? "xmlns" : prefix;
      element.members.put("Attr" + name, String.valueOf(reader.getNamespaceURI(i)));
    }
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      element.members.put("Attr" + reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    return element;
  }
}
