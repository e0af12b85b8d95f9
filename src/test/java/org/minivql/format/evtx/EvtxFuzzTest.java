package org.minivql.format.evtx;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.minivql.testing.Reliability;

/** Whatever the bytes are, reading ends and only says what it skipped. */
class EvtxFuzzTest {
  private static final int SPREAD = 12;

  @Test
  void mutatedLogsNeitherHangNorThrow() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(1), () -> mutate(List.of(ownLog()), 4000, 1));
  }

  @Test
  void mutatedRealLogsNeitherHangNorThrow() throws IOException {
    List<byte[]> logs = new ArrayList<>();
    for (Path file : SharedLogs.all()) {
      logs.add(Files.readAllBytes(file));
    }
    Assertions.assertTimeoutPreemptively(Duration.ofMinutes(1), () -> mutate(logs, 2000, 2));
  }

  @Tag("soak")
  @Test
  void aMillionMutations() throws IOException, XMLStreamException {
    int times = 1_000_000;
    List<byte[]> logs = new ArrayList<>(List.of(ownLog()));
    for (Path file : SharedLogs.all()) {
      logs.add(Files.readAllBytes(file));
    }
    mutate(logs, times, 3);
    Reliability.record(
        "Event logs (binary): bytes changed, cut off",
        times + " mutations of " + logs.size() + " logs",
        "no exception, no hang; the XML of what was read is well-formed");
  }

  private static byte[] ownLog() {
    return new LogBuilder().chunk("first", "second", "third").bytes();
  }

  private static void mutate(List<byte[]> logs, int times, long seed)
      throws IOException, XMLStreamException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < times; i++) {
      byte[] log = logs.get(random.nextInt(logs.size())).clone();
      // Marked as open, so that the checksums do not keep the mutations out.
      log[120] |= 1;
      int used = 4096 + Cursor.i32(log, 4096 + 48);
      for (int n = random.nextInt(1, SPREAD); n > 0; n--) {
        int at = random.nextInt(random.nextInt(20) == 0 ? 4096 : 4608, used);
        log[at] = (byte) mutation(random, log[at]);
      }
      int length = random.nextInt(10) == 0 ? random.nextInt(log.length) : log.length;
      read(log, length, i % 50 == 0);
    }
  }

  private static int mutation(SplittableRandom random, int before) {
    return switch (random.nextInt(4)) {
      case 0 -> before ^ 1 << random.nextInt(8);
      case 1 -> random.nextInt(0x24);
      case 2 -> random.nextBoolean() ? 0xff : 0x80;
      default -> random.nextInt(256);
    };
  }

  private static void read(byte[] log, int length, boolean checkXml)
      throws IOException, XMLStreamException {
    List<EventRecord> records = new ArrayList<>();
    try {
      Evtx.read(new ByteArrayInputStream(log, 0, length), records::add, (offset, message) -> {});
    } catch (NotAnEventLogException e) {
      Assertions.assertTrue(length < 4096, e.getMessage());
    }
    if (checkXml) {
      for (EventRecord record : records) {
        EvtxTest.wellFormed(record.xml());
      }
    }
  }
}
