package org.minivql.registry.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Nesting;
import org.minivql.value.OwnStack;
import org.minivql.value.Shape;
import org.minivql.value.Timestamp;
import org.minivql.value.Unsigned;

/** VQL values as bytes; what is read is equal to what was written, numbers of both kinds apart. */
final class ValueCodec {
  private static final int NULL = 0;
  private static final int FALSE = 1;
  private static final int TRUE = 2;
  private static final int INT = 3;
  private static final int FLOAT = 4;
  private static final int TEXT = 5;
  private static final int LIST = 6;
  private static final int DICT = 7;
  private static final int TIME = 8;
  private static final int UNSIGNED = 9;
  private static final int SHAPES = 10_000;

  private final Map<List<String>, Shape> shapes = new ConcurrentHashMap<>();

  byte[] encode(Object value) {
    try {
      return bytes(value);
    } catch (StackOverflowError e) {
      return OwnStack.call(() -> bytes(value));
    }
  }

  private static byte[] bytes(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes), value, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Object value, int depth) throws IOException {
    if (value == null || depth > Nesting.DEEPEST) {
      out.writeByte(NULL);
    } else if (value instanceof Boolean b) {
      out.writeByte(b ? TRUE : FALSE);
    } else if (value instanceof Long number) {
      out.writeByte(INT);
      out.writeLong(number);
    } else if (value instanceof Unsigned number) {
      out.writeByte(UNSIGNED);
      out.writeLong(number.longValue());
    } else if (value instanceof Double number) {
      out.writeByte(FLOAT);
      out.writeDouble(number);
    } else if (value instanceof String text) {
      out.writeByte(TEXT);
      text(out, text);
    } else if (value instanceof List<?> list) {
      out.writeByte(LIST);
      out.writeInt(list.size());
      for (Object item : list) {
        write(out, item, depth + 1);
      }
    } else if (value instanceof Dict dict) {
      dict(out, dict, depth + 1);
    } else if (value instanceof Timestamp time) {
      out.writeByte(TIME);
      out.writeLong(time.instant().getEpochSecond());
      out.writeInt(time.instant().getNano());
      text(out, time.zone().getId());
    } else {
      throw new IllegalArgumentException("not a value to keep: " + value.getClass());
    }
  }

  private static void dict(DataOutputStream out, Dict dict, int depth) throws IOException {
    out.writeByte(DICT);
    out.writeInt(dict.size());
    for (int i = 0; i < dict.size(); i++) {
      text(out, dict.name(i));
      write(out, dict.cell(i), depth);
    }
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = Bytes.encode(text);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  Object decode(byte[] bytes) {
    try {
      return value(bytes);
    } catch (StackOverflowError e) {
      return OwnStack.call(() -> value(bytes));
    }
  }

  private Object value(byte[] bytes) {
    try {
      return read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Object read(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case NULL -> null;
      case FALSE -> false;
      case TRUE -> true;
      case INT -> in.readLong();
      case UNSIGNED -> Unsigned.of(in.readLong());
      case FLOAT -> in.readDouble();
      case TEXT -> text(in);
      case LIST -> list(in);
      case DICT -> dict(in);
      case TIME ->
          new Timestamp(Instant.ofEpochSecond(in.readLong(), in.readInt()), ZoneId.of(text(in)));
      default -> throw new IOException("unknown kind of value " + kind);
    };
  }

  private static String text(DataInputStream in) throws IOException {
    return Bytes.decode(in.readNBytes(in.readInt()));
  }

  private List<Object> list(DataInputStream in) throws IOException {
    int size = in.readInt();
    List<Object> list = new ArrayList<>(Math.min(size, 1024));
    for (int i = 0; i < size; i++) {
      list.add(read(in));
    }
    return Collections.unmodifiableList(list);
  }

  private Dict dict(DataInputStream in) throws IOException {
    int size = in.readInt();
    String[] names = new String[size];
    Object[] cells = new Object[size];
    for (int i = 0; i < size; i++) {
      names[i] = text(in);
      cells[i] = read(in);
    }
    if (shapes.size() > SHAPES) {
      shapes.clear();
    }
    return Dict.over(shapes.computeIfAbsent(Arrays.asList(names), Shape::of), cells);
  }
}
