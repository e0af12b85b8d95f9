package org.minivql.builtin.binary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.value.Limit;
import org.minivql.value.Values;

/** Types that are made of another one. */
final class Composite {
  private Composite() {}

  /** Several values one after the other. */
  record Array(Ref type, Object count, long maxCount, Object sentinel) implements BinaryType {
    private static final long ELEMENT = 32;

    @Override
    public Object value(Reading in, long offset, Struct parent) {
      long wanted = Math.min(in.number(count, parent, 0), maxCount);
      List<Object> elements = new ArrayList<>();
      long at = offset;
      for (long i = 0; i < wanted && in.scope().alive(); i++) {
        Object element = type.value(in, at, parent);
        if (sentinel != null
            && in.scope().operators().truth(in.scope(), in.evaluate(sentinel, element))) {
          break;
        }
        long size = type.size(in, at, parent, element);
        if (size <= 0) {
          break;
        }
        elements.add(element);
        in.scope().check(Limit.MEMORY, elements.size() * ELEMENT);
        at += size;
      }
      return new Elements(elements, offset, at);
    }

    @Override
    public long size(Reading in, long offset, Struct parent, Object value) {
      Object known = value == null ? value(in, offset, parent) : value;
      return known instanceof Elements elements ? elements.end() - elements.start() : 0;
    }
  }

  /** A value at an address that stands here as 64 bits. */
  record Pointer(Ref type) implements BinaryType {
    @Override
    public Object value(Reading in, long offset, Struct parent) {
      long address = (Long) new Scalars.Whole(8, true, false).value(in, offset, parent);
      return Struct.tooDeep(parent) ? null : type.value(in, address, parent);
    }

    @Override
    public long size(Reading in, long offset, Struct parent, Object value) {
      return Long.BYTES;
    }
  }

  /** A value at a place in the file that is computed. */
  record Elsewhere(Ref type, Object place) implements BinaryType {
    @Override
    public Object value(Reading in, long offset, Struct parent) {
      return Struct.tooDeep(parent) ? null : type.value(in, in.number(place, parent, 0), parent);
    }

    @Override
    public long size(Reading in, long offset, Struct parent, Object value) {
      return type.size(in, in.number(place, parent, 0), parent, value);
    }
  }

  /** A number with a name. */
  record Enumeration(Ref type, Map<Long, String> names) implements BinaryType {
    @Override
    public Object value(Reading in, long offset, Struct parent) {
      Object value = type.value(in, offset, parent);
      long number = Values.isNumeric(value) ? Values.toLong(value) : 0;
      String name = names.get(number);
      return name != null ? name : "0x" + Long.toHexString(number);
    }

    @Override
    public long size(Reading in, long offset, Struct parent, Object value) {
      return type.size(in, offset, parent, null);
    }
  }

  /** The names of the bits that are set. */
  record Flags(Ref type, TreeMap<String, Long> bits) implements BinaryType {
    @Override
    public Object value(Reading in, long offset, Struct parent) {
      Object value = type.value(in, offset, parent);
      long number = Values.isNumeric(value) ? Values.toLong(value) : 0;
      List<Object> names = new ArrayList<>();
      bits.forEach(
          (name, bit) -> {
            if (bit >= 0 && bit < Long.SIZE && (number >> bit & 1) != 0) {
              names.add(name);
            }
          });
      return names;
    }

    @Override
    public long size(Reading in, long offset, Struct parent, Object value) {
      return type.size(in, offset, parent, null);
    }
  }

  /** Some bits of a number. */
  record BitField(Ref type, long start, long end) implements BinaryType {
    @Override
    public Object value(Reading in, long offset, Struct parent) {
      Object value = type.value(in, offset, parent);
      long number = Values.isNumeric(value) ? Values.toLong(value) : 0;
      long width = Math.max(0, Math.min(Long.SIZE, end) - start);
      long shifted = start >= Long.SIZE || start < 0 ? 0 : number >>> start;
      return width >= Long.SIZE ? shifted : shifted & (1L << width) - 1;
    }

    @Override
    public long size(Reading in, long offset, Struct parent, Object value) {
      return type.size(in, offset, parent, null);
    }
  }

  /** One of several types, chosen by a lambda of the struct. */
  record Union(Object selector, Map<String, Ref> choices) implements BinaryType {
    private Ref choice(Reading in, Struct parent) {
      Object selected = in.evaluate(selector, parent);
      Ref choice = choices.get(in.scope().operators().text(in.scope(), selected));
      return choice != null ? choice : choices.get("default");
    }

    @Override
    public Object value(Reading in, long offset, Struct parent) {
      Ref choice = choice(in, parent);
      return choice == null ? null : choice.value(in, offset, parent);
    }

    @Override
    public long size(Reading in, long offset, Struct parent, Object value) {
      Ref choice = choice(in, parent);
      return choice == null ? 0 : choice.size(in, offset, parent, value);
    }
  }

  /** A value that is computed and takes no bytes. */
  record Computed(Object value) implements BinaryType {
    @Override
    public Object value(Reading in, long offset, Struct parent) {
      return in.evaluate(value, parent);
    }

    @Override
    public long size(Reading in, long offset, Struct parent, Object known) {
      return 0;
    }
  }
}
