package org.minivql.accessor.standard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.accessor.open.Container;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.value.Dict;
import org.minivql.value.Scope;

/**
 * Some ranges of the container, the rest as zeros; the path is a JSON list of {@code
 * {"offset":n,"length":n}}.
 */
final class SparseContent implements Accessor {
  private final Accessors accessors;

  SparseContent(Accessors accessors) {
    this.accessors = accessors;
  }

  private record Range(long offset, long length) {
    long end() {
      return offset + length;
    }
  }

  @Override
  public OSPath parse(String text) {
    return OSPath.parse(PathStyle.PATHSPEC, text);
  }

  @Override
  public FileInfo stat(Scope scope, OSPath path) throws IOException {
    List<Range> ranges = ranges(path);
    long size = ranges.isEmpty() ? 0 : ranges.get(ranges.size() - 1).end();
    return FileInfo.file(path, size, FileInfo.Times.UNKNOWN);
  }

  @Override
  public List<FileInfo> list(Scope scope, OSPath path) throws IOException {
    throw new IOException("a sparse file has no folders to list");
  }

  @Override
  public InputStream open(Scope scope, OSPath path) throws IOException {
    List<Range> ranges = ranges(path);
    Container container = Container.of(accessors, path);
    return new Ranges(container.accessor().channel(scope, container.path()), ranges);
  }

  private static List<Range> ranges(OSPath path) throws IOException {
    Object value;
    try {
      value = Json.parse(String.join("/", path.components()));
    } catch (FormatException e) {
      throw new IOException("sparse: " + e.getMessage(), e);
    }
    List<Range> ranges = new ArrayList<>();
    for (Object item : value instanceof List<?> list ? list : List.of(value)) {
      if (!(item instanceof Dict range)
          || !(range.get("offset") instanceof Long offset)
          || !(range.get("length") instanceof Long length)
          || offset < 0
          || length < 0
          || offset + length < 0) {
        throw new IOException("sparse: a range needs offset and length");
      }
      ranges.add(new Range(offset, length));
    }
    ranges.sort(Comparator.comparingLong(Range::offset));
    return ranges;
  }

  /** Reads ranges one after the other with zeros between them. */
  private static final class Ranges extends InputStream {
    private final SeekableByteChannel data;
    private final List<Range> ranges;
    private long position;
    private int next;

    Ranges(SeekableByteChannel data, List<Range> ranges) {
      this.data = data;
      this.ranges = ranges;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      while (next < ranges.size() && ranges.get(next).end() <= position) {
        next++;
      }
      if (next == ranges.size()) {
        return -1;
      }
      Range range = ranges.get(next);
      if (position < range.offset()) {
        int zeros = (int) Math.min(length, range.offset() - position);
        Arrays.fill(target, offset, offset + zeros, (byte) 0);
        position += zeros;
        return zeros;
      }
      int wanted = (int) Math.min(length, range.end() - position);
      data.position(position);
      int n = data.read(ByteBuffer.wrap(target, offset, wanted));
      if (n <= 0) {
        Arrays.fill(target, offset, offset + wanted, (byte) 0);
        n = wanted;
      }
      position += n;
      return n;
    }

    @Override
    public void close() throws IOException {
      data.close();
    }
  }
}
