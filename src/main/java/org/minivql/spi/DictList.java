package org.minivql.spi;

import java.util.AbstractList;
import java.util.List;
import org.minivql.value.Dict;

/**
 * An argument declared as a list of dicts. Unmodifiable.
 *
 * @since 0.1.0
 */
public final class DictList extends AbstractList<Dict> {
  private final List<Dict> dicts;

  /** A list of these dicts. */
  public DictList(List<Dict> dicts) {
    this.dicts = List.copyOf(dicts);
  }

  @Override
  public Dict get(int index) {
    return dicts.get(index);
  }

  @Override
  public int size() {
    return dicts.size();
  }
}
