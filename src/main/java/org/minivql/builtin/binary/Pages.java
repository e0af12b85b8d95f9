package org.minivql.builtin.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.OSPath;
import org.minivql.value.Scope;

/** A file read in pages, of which the last used stay; what lies beyond its end are zeros. */
final class Pages {
  private static final int PAGE = 4096;
  private static final int KEPT = 256;
  private static final int OPEN = 16;

  private final Scope scope;
  private final Accessor accessor;
  private final OSPath path;
  private final Map<Long, byte[]> pages =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > KEPT;
        }
      };
  private long size = -1;

  Pages(Scope scope, Accessor accessor, OSPath path) {
    this.scope = scope;
    this.accessor = accessor;
    this.path = path;
  }

  /** The channels of a run: only some are open at a time, whatever number of files is held. */
  private static final class Channels {
    private final Map<Pages, SeekableByteChannel> open = new LinkedHashMap<>(16, 0.75f, true);

    synchronized int read(Pages file, long position, byte[] target) throws IOException {
      SeekableByteChannel channel = open.get(file);
      if (channel == null) {
        channel = file.accessor.channel(file.scope, file.path);
        open.put(file, channel);
        if (open.size() > OPEN) {
          Pages eldest = open.keySet().iterator().next();
          open.remove(eldest).close();
        }
      }
      file.size = channel.size();
      channel.position(position);
      ByteBuffer buffer = ByteBuffer.wrap(target);
      int n = 0;
      while (buffer.hasRemaining() && n >= 0) {
        n = channel.read(buffer);
      }
      return buffer.position();
    }

    synchronized void close(Scope scope) {
      for (SeekableByteChannel channel : open.values()) {
        try {
          channel.close();
        } catch (IOException e) {
          scope.log("parse_binary: " + e.getMessage());
        }
      }
      open.clear();
    }
  }

  private static Channels channels(Scope scope) {
    return scope.runState(
        Channels.class,
        () -> {
          Channels made = new Channels();
          scope.onRootClose(() -> made.close(scope));
          return made;
        });
  }

  /** Opens the file once, so that a missing one is noticed. */
  void open() throws IOException {
    pages.put(0L, load(0));
  }

  private byte[] load(long number) throws IOException {
    byte[] page = new byte[PAGE];
    channels(scope).read(this, number * PAGE, page);
    return page;
  }

  private byte[] page(long number) {
    byte[] page = pages.get(number);
    if (page == null) {
      try {
        page = load(number);
      } catch (IOException e) {
        scope.log("parse_binary: " + e.getMessage());
        page = new byte[PAGE];
      }
      pages.put(number, page);
    }
    return page;
  }

  /** How many bytes there are from a place to the end. */
  synchronized long left(long offset) {
    if (size < 0) {
      page(0);
    }
    return Math.max(0, size - offset);
  }

  /** Bytes from a place on, zeros beyond the end. */
  synchronized byte[] bytes(long offset, int length) {
    byte[] bytes = new byte[length];
    if (offset < 0 || left(offset) == 0) {
      return bytes;
    }
    int done = 0;
    while (done < length && left(offset + done) > 0) {
      long at = offset + done;
      int inPage = (int) (at % PAGE);
      int n = Math.min(length - done, PAGE - inPage);
      System.arraycopy(page(at / PAGE), inPage, bytes, done, n);
      done += n;
    }
    return bytes;
  }
}
