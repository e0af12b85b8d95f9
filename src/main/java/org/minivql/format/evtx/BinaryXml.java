package org.minivql.format.evtx;

import java.util.ArrayList;
import java.util.List;

/** Reads binary XML of one chunk into nodes. */
final class BinaryXml {
  private static final int MORE = 0x40;
  private static final int END = 0x00;
  private static final int OPEN = 0x01;
  private static final int CLOSE_START = 0x02;
  private static final int CLOSE_EMPTY = 0x03;
  private static final int CLOSE = 0x04;
  private static final int VALUE = 0x05;
  private static final int ATTRIBUTE = 0x06;
  private static final int CDATA = 0x07;
  private static final int CHARACTER = 0x08;
  private static final int ENTITY = 0x09;
  private static final int INSTRUCTION = 0x0a;
  private static final int INSTRUCTION_DATA = 0x0b;
  private static final int INSTANCE = 0x0c;
  private static final int PLACE = 0x0d;
  private static final int OPTIONAL_PLACE = 0x0e;
  private static final int FRAGMENT = 0x0f;
  private static final int MAX_DEPTH = 48;

  private final Chunk chunk;
  private final Cursor in;
  private final int depth;

  private BinaryXml(Chunk chunk, int from, int end, int depth) {
    if (depth > MAX_DEPTH) {
      throw new CorruptException("nested too deeply");
    }
    this.chunk = chunk;
    this.in = new Cursor(chunk.data(), from, end);
    this.depth = depth;
  }

  /** The nodes of a fragment that lies between two offsets of a chunk. */
  static List<Node> read(Chunk chunk, int from, int end, int depth) {
    return new BinaryXml(chunk, from, end, depth).content(depth);
  }

  /** Content up to the end of its element, the end token, or the end of the data. */
  private List<Node> content(int level) {
    if (level > MAX_DEPTH) {
      throw new CorruptException("nested too deeply");
    }
    List<Node> nodes = new ArrayList<>(4);
    while (in.remaining() > 0) {
      int token = in.u8();
      switch (token & ~MORE) {
        case END, CLOSE -> {
          return nodes;
        }
        case FRAGMENT -> in.skip(3);
        case OPEN -> nodes.add(tag((token & MORE) != 0, level));
        case INSTANCE -> nodes.add(instance());
        case INSTRUCTION -> name();
        case INSTRUCTION_DATA -> in.utf16(in.u16());
        default -> nodes.add(part(token));
      }
    }
    return nodes;
  }

  private Node part(int token) {
    return switch (token & ~MORE) {
      case VALUE -> literal();
      case CDATA -> new Node.Text(in.utf16(in.u16()));
      case CHARACTER -> new Node.Text(String.valueOf((char) in.u16()));
      case ENTITY -> new Node.Text(entity(name()));
      case PLACE -> place(false);
      case OPTIONAL_PLACE -> place(true);
      default ->
          throw new CorruptException(
              "unexpected token 0x" + Integer.toHexString(token) + " at offset " + (in.at() - 1));
    };
  }

  private Node literal() {
    int type = in.u8();
    if (type != Scalars.STRING) {
      throw new CorruptException("literal of type 0x" + Integer.toHexString(type));
    }
    return new Node.Text(in.utf16(in.u16()));
  }

  private Node place(boolean optional) {
    int index = in.u16();
    in.u8();
    return new Node.Place(index, optional);
  }

  private static String entity(String name) {
    return switch (name) {
      case "amp" -> "&";
      case "lt" -> "<";
      case "gt" -> ">";
      case "quot" -> "\"";
      case "apos" -> "'";
      default -> "&" + name + ";";
    };
  }

  private Node tag(boolean hasAttributes, int level) {
    // Inside a value the dependency identifier is left out; nothing but the name tells.
    if (chunk.namePlausible(in.at() + 6, in.remaining() - 6)) {
      in.skip(2);
    }
    in.skip(4);
    String name = name();
    List<Node.TagAttribute> attributes = hasAttributes ? attributes() : List.of();
    int close = in.u8();
    return switch (close) {
      case CLOSE_EMPTY -> new Node.Tag(name, attributes, List.of());
      case CLOSE_START -> new Node.Tag(name, attributes, content(level + 1));
      default -> throw new CorruptException("element " + name + " is not closed");
    };
  }

  private List<Node.TagAttribute> attributes() {
    int size = in.size();
    int end = in.at() + size;
    List<Node.TagAttribute> attributes = new ArrayList<>(4);
    while (in.at() < end && (in.peek() & ~MORE) == ATTRIBUTE) {
      in.u8();
      attributes.add(attribute());
    }
    return attributes;
  }

  private Node.TagAttribute attribute() {
    String name = name();
    List<Node> parts = new ArrayList<>(1);
    while (startsPart(in.peek())) {
      parts.add(part(in.u8()));
    }
    return new Node.TagAttribute(name, parts);
  }

  private static boolean startsPart(int token) {
    return switch (token & ~MORE) {
      case VALUE, CDATA, CHARACTER, ENTITY, PLACE, OPTIONAL_PLACE -> token >= 0;
      default -> false;
    };
  }

  /** A name is stored where it is used first; later uses point there. */
  private String name() {
    int offset = in.i32();
    if (offset == in.at()) {
      in.skip(6);
      in.skip(in.u16() * 2 + 2);
    }
    return chunk.name(offset);
  }

  private Node instance() {
    in.u8();
    in.skip(4);
    int offset = in.i32();
    if (offset == in.at()) {
      in.skip(20);
      in.skip(in.size());
    }
    List<Node> template = chunk.template(offset, depth + 1);
    return new Node.Instance(template, values());
  }

  private Node.Values values() {
    int count = in.size();
    if (count > in.remaining() / 4) {
      throw new CorruptException(count + " template values");
    }
    byte[] types = new byte[count];
    int[] sizes = new int[count];
    int[] offsets = new int[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = in.u16();
      types[i] = (byte) in.u8();
      in.u8();
    }
    for (int i = 0; i < count; i++) {
      offsets[i] = in.skip(sizes[i]);
    }
    return new Node.Values(chunk, types, offsets, sizes);
  }
}
