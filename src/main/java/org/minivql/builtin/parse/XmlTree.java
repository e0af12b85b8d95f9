package org.minivql.builtin.parse;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.minivql.value.Dict;
import org.minivql.value.Nesting;

/** An XML document as nested dicts. */
final class XmlTree {
  private static final int DECLARED_IN = 200;
  private static final String MARK = "\u00EF\u00BB\u00BF";
  private static final Pattern ENCODING =
      Pattern.compile("^(?:" + MARK + ")?<\\?xml[^>]*encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)");

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
    Deque<Element> open = new ArrayDeque<>();
    XMLStreamReader reader = null;
    try {
      reader = reader(factory, new BufferedInputStream(in));
      return read(reader, open);
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof CharacterCodingException) {
        // The parser that does not come to read anything knows no place.
        int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
        throw new IOException("XML syntax error on line " + line + ": invalid UTF-8", e);
      }
      throw open.isEmpty() ? new IOException("EOF", e) : new IOException(readable(e), e);
    } finally {
      if (reader != null) {
        reader.close();
      }
    }
  }

  /** Characters are decoded here: the parser writes to the terminal about bytes that are none. */
  private static XMLStreamReader reader(XMLInputFactory factory, InputStream in)
      throws XMLStreamException, IOException {
    in.mark(DECLARED_IN);
    String start = new String(in.readNBytes(DECLARED_IN), StandardCharsets.ISO_8859_1);
    in.reset();
    Matcher declared = ENCODING.matcher(start);
    String name = declared.find() ? declared.group(1) : "UTF-8";
    if (start.indexOf('\0') >= 0 || !Charset.isSupported(name)) {
      return factory.createXMLStreamReader(in);
    }
    if (start.startsWith(MARK)) {
      in.skipNBytes(MARK.length());
    }
    return factory.createXMLStreamReader(
        new InputStreamReader(in, Charset.forName(name).newDecoder()));
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
