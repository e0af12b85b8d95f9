package org.minivql.sigma.reader;

import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Dict;

/**
 * A value of a YAML text and where it stands.
 *
 * @param value null, Boolean, Long, Double, String, a {@code List} of these objects, or a {@link
 *     Mapping}
 * @param line counted from 1
 * @param column counted from 1
 */
public record Located(Object value, int line, int column) {
  /** The members of a YAML mapping, in order. */
  public record Mapping(List<Member> members) {
    /** The member of a name, or null. */
    public Member get(String name) {
      for (Member member : members) {
        if (member.name().equals(name)) {
          return member;
        }
      }
      return null;
    }
  }

  /** A key with its place, and its value. */
  public record Member(String name, int line, int column, Located value) {
    public RuleException error(String message) {
      return new RuleException(line, column, message);
    }
  }

  public RuleException error(String message) {
    return new RuleException(line, column, message);
  }

  public boolean isScalar() {
    return !(value instanceof List<?>) && !(value instanceof Mapping);
  }

  /** The value as a list: one that is not a list is a list of one. */
  public List<Located> items() {
    if (!(value instanceof List<?> list)) {
      return List.of(this);
    }
    List<Located> items = new ArrayList<>(list.size());
    for (Object item : list) {
      items.add((Located) item);
    }
    return items;
  }

  /** The value without places: dicts, lists and scalars. */
  public Object plain() {
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>(list.size());
      for (Object item : list) {
        items.add(((Located) item).plain());
      }
      return items;
    }
    if (value instanceof Mapping mapping) {
      Dict.Builder dict = Dict.builder();
      mapping.members().forEach(member -> dict.set(member.name(), member.value().plain()));
      return dict.build();
    }
    return value;
  }

  /** A scalar as text; empty for NULL. */
  public String text() {
    return value == null ? "" : value.toString();
  }
}
