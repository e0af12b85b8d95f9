package org.minivql.plain;

import java.util.function.Supplier;
import org.minivql.value.Lazy;
import org.minivql.value.Values;

/** A value that is made when it is first asked for. */
final class PlainThunk implements Lazy {
  private final Supplier<Object> maker;
  private boolean made;
  private Object value;

  PlainThunk(Supplier<Object> maker) {
    this.maker = maker;
  }

  @Override
  public Object get() {
    if (!made) {
      value = Values.reduce(maker.get());
      made = true;
    }
    return value;
  }
}
