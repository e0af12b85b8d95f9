package org.minivql.runtime;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.minivql.value.Scope;

/** A list of rows in a temporary file. Appended to by one thread, then read by any number. */
final class FileRows extends AbstractList<Object> {
  private static final int STRIDE = 64;

  private final SpillFile file;
  private long[] starts = new long[16];
  private int size;
  private Object[] block;
  private int blockNumber = -1;

  /** An empty list. */
  FileRows(Scope scope) {
    this.file = new SpillFile(scope);
  }

  void append(Object row) {
    if (size % STRIDE == 0) {
      int number = size / STRIDE;
      if (number == starts.length) {
        starts = Arrays.copyOf(starts, number * 2);
      }
      starts[number] = file.position();
    }
    file.write(row);
    size++;
  }

  void close() {
    file.close();
  }

  @Override
  public synchronized Object get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    int number = index / STRIDE;
    if (number != blockNumber) {
      SpillReader reader = file.read(starts[number]);
      Object[] read = new Object[Math.min(STRIDE, size - number * STRIDE)];
      for (int i = 0; i < read.length; i++) {
        read[i] = reader.next();
      }
      block = read;
      blockNumber = number;
    }
    return block[index % STRIDE];
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Iterator<Object> iterator() {
    return new Iterator<>() {
      private final SpillReader reader = size == 0 ? null : file.read(0);
      private int at;

      @Override
      public boolean hasNext() {
        return at < size;
      }

      @Override
      public Object next() {
        if (at >= size) {
          throw new NoSuchElementException();
        }
        at++;
        return reader.next();
      }
    };
  }
}
