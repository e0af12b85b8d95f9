package org.minivql.builtin.control;

import java.io.IOException;
import java.io.InputStream;
import org.minivql.accessor.Pipe;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Absent;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Displayed;
import org.minivql.value.Scope;
import org.minivql.value.StoredQuery;

/** The rows of a query as the content of a file. */
final class Piping {
  private static final int AHEAD = 100;

  private Piping() {}

  @VqlFunction(
      name = "pipe",
      doc =
          "Content for the accessor pipe, which reads it by the name of the variable it is kept in:"
              + " the text of the first column of each row, each followed by sep. The query runs"
              + " while the content is read, from its start each time.")
  static Object pipe(
      CallContext context,
      @Arg(value = "The rows.", required = true) StoredQuery query,
      @Arg("What follows each row; nothing if not given.") String sep) {
    return new RowPipe(query, sep == null ? "" : sep);
  }

  private record RowPipe(StoredQuery query, String end) implements Pipe, Displayed {
    @Override
    public InputStream open(Scope scope) {
      return new Content(scope, Feed.start(scope, query, AHEAD), end);
    }

    @Override
    public Object display() {
      return Dict.EMPTY;
    }
  }

  private static final class Content extends InputStream {
    private final Scope scope;
    private final Feed feed;
    private final String end;
    private byte[] row = {};
    private int at;

    Content(Scope scope, Feed feed, String end) {
      this.scope = scope;
      this.feed = feed;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      while (length > 0 && at == row.length) {
        Object next = feed.look(null);
        if (next == Feed.END) {
          return -1;
        }
        if (next != null) {
          row = Bytes.encode(text(next) + end);
          at = 0;
        }
      }
      int n = Math.min(length, row.length - at);
      System.arraycopy(row, at, target, offset, n);
      at += n;
      return n;
    }

    private String text(Object next) {
      Object first = scope.operators().normalise(scope, next);
      if (first instanceof Dict dict) {
        first = dict.size() == 0 ? Absent.ABSENT : dict.cell(0);
      }
      return first == Absent.ABSENT ? "" : scope.operators().text(scope, first);
    }

    @Override
    public void close() {
      feed.close();
    }
  }
}
