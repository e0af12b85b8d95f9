package org.minivql.format.evtx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.testing.Jvm;
import org.minivql.testing.Reliability;

/** A log of many chunks needs no more memory than one of few. */
class LargeLogTest {
  private static final int HEADER = 4096;
  private static final long LARGE = 256L << 20;

  @TempDir Path folder;

  /** Chunks made while they are read; knows how many were. */
  private static final class Chunks extends InputStream {
    private final byte[] log = new LogBuilder().chunk("a", "b", "c").bytes();
    private final long end;
    private long at;

    Chunks(int chunks) {
      this.end = HEADER + (long) chunks * Chunk.SIZE;
    }

    long begun() {
      return (at - HEADER + Chunk.SIZE - 1) / Chunk.SIZE;
    }

    @Override
    public int read() {
      if (at == end) {
        return -1;
      }
      int place = (int) (at < HEADER ? at : HEADER + (at - HEADER) % Chunk.SIZE);
      at++;
      return log[place] & 0xff;
    }
  }

  @Test
  void aChunkIsReadWhenTheOneBeforeWasDelivered() throws IOException {
    Chunks chunks = new Chunks(64);
    List<Long> ahead = new ArrayList<>();

    Evtx.read(
        chunks,
        record -> ahead.add(chunks.begun() - ahead.size() / 3),
        (offset, message) -> {
          throw new AssertionError(offset + ": " + message);
        });

    assertThat(ahead).hasSize(3 * 64).containsOnly(1L);
  }

  /** The process with the small heap. */
  static final class Reader {
    private Reader() {}

    /** Counts the records of a log. */
    public static void main(String[] arguments) {
      Vql engine =
          Vql.builder()
              .service(Accessors.class, new StandardAccessors(FileRoots.anywhere(null)))
              .build();
      engine
          .compile(
              "SELECT count() AS C, max(item=System.EventID.Value) AS M"
                  + " FROM parse_evtx(filename=F) GROUP BY 1")
          .run(
              QueryOptions.defaults().withEnv(Map.of("F", arguments[0])),
              row -> {
                System.out.print(row.get("C"));
                return true;
              });
    }
  }

  @Tag("soak")
  @Test
  void aLargeLogIsReadInASmallHeap() throws IOException, InterruptedException {
    Path file = folder.resolve("large.evtx");
    long expected = write(file);

    Jvm.Ended ended =
        Jvm.run(Jvm.command(List.of("-Xmx64m", "-XX:+UseSerialGC"), Reader.class, file.toString()));

    assertThat(ended).isEqualTo(new Jvm.Ended(0, String.valueOf(expected)));
    Reliability.record(
        "Memory, -Xmx64m: a binary event log of %d MiB".formatted(LARGE >> 20),
        "once, " + expected + " records",
        "every record was read");
  }

  /** Chunks of real logs over and over; how many records their headers say there are. */
  private static long write(Path file) throws IOException {
    List<byte[]> logs = new ArrayList<>();
    for (Path path : SharedLogs.all()) {
      logs.add(Files.readAllBytes(path));
    }
    long records = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(logs.get(0), 0, HEADER);
      for (long written = 0; written < LARGE; ) {
        for (byte[] log : logs) {
          out.write(log, HEADER, Chunk.SIZE);
          written += Chunk.SIZE;
          records += Cursor.i64(log, HEADER + 16) - Cursor.i64(log, HEADER + 8) + 1;
        }
      }
    }
    return records;
  }
}
