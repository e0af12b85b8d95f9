package org.minivql.builtin.binary;

import com.dd.plist.NSArray;
import com.dd.plist.NSData;
import com.dd.plist.NSDate;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSObject;
import com.dd.plist.NSSet;
import com.dd.plist.NSString;
import com.dd.plist.PropertyListFormatException;
import com.dd.plist.PropertyListParser;
import com.dd.plist.UID;
import com.dd.plist.XMLPropertyListParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.ParserConfigurationException;
import org.minivql.value.Dict;
import org.minivql.value.Timestamp;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The only class that is loaded together with the library for property lists. */
final class PlistSource {
  private static final int DEEPEST = 500;
  private static final int START = 100;

  /** How lists begin that are not XML. */
  private static final List<String> OTHERS = List.of("bplist", "(", "{", "/");

  private final boolean ordered;

  private PlistSource(boolean ordered) {
    this.ordered = ordered;
  }

  /** The value of a property list; its dictionaries as dicts in the order of names, or as maps. */
  static Object read(byte[] bytes, boolean ordered) throws IOException {
    try {
      return new PlistSource(ordered).value(parsed(bytes), 0);
    } catch (PropertyListFormatException
        | ParseException
        | ParserConfigurationException
        | SAXException e) {
      throw new IOException(e.getMessage(), e);
    } catch (RuntimeException | StackOverflowError e) {
      // The library trusts offsets and depths that a damaged file may have wrong.
      throw new IOException("damaged property list: " + e, e);
    }
  }

  private static NSObject parsed(byte[] bytes)
      throws IOException,
          PropertyListFormatException,
          ParseException,
          ParserConfigurationException,
          SAXException {
    String start = new String(bytes, 0, Math.min(bytes.length, START), StandardCharsets.UTF_8);
    if (OTHERS.stream().anyMatch(start.replace("\uFEFF", "").stripLeading()::startsWith)) {
      return PropertyListParser.parse(bytes);
    }
    DocumentBuilder builder = XMLPropertyListParser.getDocBuilder();
    // Without a handler the parser writes what is wrong to the terminal, too.
    builder.setErrorHandler(new DefaultHandler());
    return XMLPropertyListParser.parse(builder.parse(new ByteArrayInputStream(bytes)));
  }

  private Object value(NSObject object, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("values are nested deeper than " + DEEPEST);
    }
    if (object instanceof NSDictionary dictionary) {
      Map<String, Object> members = new TreeMap<>();
      for (Map.Entry<String, NSObject> entry : dictionary.entrySet()) {
        members.put(entry.getKey(), value(entry.getValue(), depth + 1));
      }
      return ordered ? Dict.of(members) : Dict.unordered(members);
    }
    if (object instanceof NSArray array) {
      return list(array.getArray(), depth);
    }
    if (object instanceof NSSet set) {
      return list(set.allObjects(), depth);
    }
    return scalar(object);
  }

  private List<Object> list(NSObject[] objects, int depth) throws IOException {
    List<Object> list = new ArrayList<>(objects.length);
    for (NSObject object : objects) {
      list.add(value(object, depth + 1));
    }
    return list;
  }

  private static Object scalar(NSObject object) {
    if (object instanceof NSString text) {
      return text.getContent();
    }
    if (object instanceof NSNumber number) {
      if (number.isBoolean()) {
        return number.boolValue();
      }
      return number.isInteger() ? (Object) number.longValue() : (Object) number.doubleValue();
    }
    if (object instanceof NSDate date) {
      return Timestamp.utc(date.getDate().toInstant());
    }
    if (object instanceof NSData data) {
      return Base64.getEncoder().encodeToString(data.bytes());
    }
    return object instanceof UID uid ? new BigInteger(1, uid.getBytes()).longValue() : null;
  }
}
