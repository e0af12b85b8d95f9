package org.minivql.spi;

import java.util.AbstractList;
import java.util.List;

/**
 * An argument declared as a list of strings. Unmodifiable.
 *
 * @since 0.1.0
 */
public final class StringList extends AbstractList<String> {
  private final List<String> strings;

  /** A list of these strings. */
  public StringList(List<String> strings) {
    this.strings = List.copyOf(strings);
  }

  @Override
  public String get(int index) {
    return strings.get(index);
  }

  @Override
  public int size() {
    return strings.size();
  }
}
