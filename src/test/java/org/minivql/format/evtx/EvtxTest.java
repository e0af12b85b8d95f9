package org.minivql.format.evtx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.minivql.value.Dict;
import org.minivql.value.Unsigned;

class EvtxTest {
  private final List<EventRecord> records = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private void read(byte[] log) throws IOException {
    Evtx.read(
        new ByteArrayInputStream(log),
        records::add,
        (offset, message) -> problems.add(offset + ": " + message));
  }

  private List<Long> ids() {
    return records.stream().map(EventRecord::id).toList();
  }

  private static Object at(EventRecord record, String... path) {
    Object value = record.row();
    for (String name : path) {
      value = ((Dict) value).member(name);
    }
    return value;
  }

  @Test
  void aRecordBecomesARow() throws IOException {
    read(new LogBuilder().chunk("hé\uD83D\uDE00").bytes());

    assertThat(problems).isEmpty();
    EventRecord record = records.get(0);
    assertThat(record.written()).isEqualTo(Instant.ofEpochSecond(1));
    assertThat(record.row())
        .isEqualTo(
            Dict.of(
                "System",
                Dict.of(
                    "Provider",
                    Dict.of("Name", "Tester"),
                    "EventID",
                    Dict.of("Value", 4711L),
                    "Keywords",
                    Unsigned.of(0x8000000000000001L),
                    "TimeCreated",
                    Dict.of("SystemTime", 1.0),
                    "EventRecordID",
                    1L),
                "EventData",
                Dict.of("Text", "hé\uD83D\uDE00", "Nothing", null, "Data", List.of("one", "two")),
                "Message",
                ""));
  }

  @Test
  void xmlKeepsWhatRowsCannot() throws IOException {
    read(new LogBuilder().chunk("a<b>&\u0001\uD800").bytes());

    assertThat(records.get(0).xml())
        .contains("<Event xmlns=\"urn:test\">")
        .contains("<Keywords>0x8000000000000001</Keywords>")
        .contains("<TimeCreated SystemTime=\"1970-01-01T00:00:01Z\"/>")
        .contains("<Data Name=\"Text\">a&lt;b&gt;&amp;\uFFFD\uFFFD</Data>")
        .contains("<Data>one</Data><Data>two</Data>");
  }

  @Test
  void xmlNamesAreAlwaysNames() throws XMLStreamException {
    for (String name :
        new String[] {
          "a", "", "1a", "a b", "a:b", ":a", "a:", "a:1", "a:b:c", "\u0000", "xmlns:x"
        }) {
      Element element = new Element(name, false);
      element.content().add("text");

      assertThat(wellFormed(XmlText.of(element))).as(name).isNotBlank();
    }
    assertThat(XmlText.of(new Element("a:b:c", false))).isEqualTo("<a:b_c/>");
  }

  @Test
  void aCorruptChunkIsSkippedAndTheRestRead() throws IOException {
    byte[] log = new LogBuilder().chunk("a", "b").chunk("c", "d").chunk("e").bytes();
    log[4096 + LogBuilder.CHUNK + 700] ^= 0x55;

    read(log);

    assertThat(ids()).containsExactly(1L, 2L, 5L);
    assertThat(problems).containsExactly("69632: chunk skipped: records checksum differs");
  }

  @Test
  void damagedHeadersAreTold() throws IOException {
    byte[] log = new LogBuilder().chunk("a").chunk("b").chunk("c").chunk("d").bytes();
    log[4096] = 'x';
    log[4096 + LogBuilder.CHUNK + 9] ^= 1;
    ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN).putInt(4096 + 2 * 0x10000 + 48, 0x20000);

    read(log);

    assertThat(ids()).containsExactly(4L);
    assertThat(problems)
        .containsExactly(
            "4096: chunk skipped: bad signature",
            "69632: chunk skipped: header checksum differs",
            "135168: chunk skipped: free space at 131072");
  }

  @Test
  void anOpenLogHasNoChecksumsYet() throws IOException {
    byte[] log = new LogBuilder().chunk("a", "b").bytes();
    log[120] = 1;
    log[4096 + 9] ^= 1;

    read(log);

    assertThat(ids()).containsExactly(1L, 2L);
  }

  @Test
  void anUnknownTemplateCostsItsRecordOnly() throws IOException {
    byte[] log = new LogBuilder().chunk("a", "b", "c").bytes();
    log[120] = 1;
    int second =
        4096 + 512 + ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN).getInt(4096 + 516);
    ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN).putInt(second + 24 + 4 + 6, 0xfff8);

    read(log);

    assertThat(ids()).containsExactly(1L, 3L);
    assertThat(problems)
        .containsExactly(second + ": record 2 skipped: unknown template at offset 65528");
  }

  @Test
  void aTruncatedLogGivesItsWholeRecords() throws IOException {
    byte[] log = new LogBuilder().chunk("a").chunk("b", "c").bytes();
    int second = 4096 + LogBuilder.CHUNK + 512;
    int size = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN).getInt(second + 4);

    read(Arrays.copyOf(log, second + size + 40));

    assertThat(ids()).containsExactly(1L, 2L);
    assertThat(problems)
        .containsExactly(
            (second + size + 40) + ": file ends within a chunk",
            (second + size) + ": rest of the chunk skipped: record reaches beyond its end");
  }

  @Test
  void emptyChunksAreNoProblem() throws IOException {
    byte[] log = new LogBuilder().chunk("a").bytes();

    read(Arrays.copyOf(log, log.length + 2 * LogBuilder.CHUNK));

    assertThat(ids()).containsExactly(1L);
    assertThat(problems).isEmpty();
  }

  @Test
  void otherFilesAreRefused() {
    assertThatThrownBy(() -> read(new byte[0]))
        .isInstanceOf(NotAnEventLogException.class)
        .hasMessage("the file is empty");
    assertThatThrownBy(() -> read(new byte[5000]))
        .isInstanceOf(NotAnEventLogException.class)
        .hasMessage("no event log signature");
  }

  @Test
  void aHeaderAloneIsAnEmptyLog() throws IOException {
    read(new LogBuilder().bytes());
    assertThat(problems).isEmpty();

    read(Arrays.copyOf(new LogBuilder().bytes(), 1000));
    assertThat(problems).containsExactly("0: file ends within its header");
  }

  @Test
  void theSinkStopsTheReader() throws IOException {
    Evtx.read(
        new ByteArrayInputStream(new LogBuilder().chunk("a", "b").chunk("c").bytes()),
        record -> {
          records.add(record);
          return false;
        },
        (offset, message) -> problems.add(message));

    assertThat(ids()).containsExactly(1L);
  }

  @Test
  void recordsOfOneTemplateShareTheirShape() throws IOException {
    read(new LogBuilder().chunk("a").chunk("b").bytes());

    assertThat(records.get(0).row().shape()).isSameAs(records.get(1).row().shape());
  }

  @Test
  void realLogsReadToTheEnd() throws IOException, XMLStreamException {
    for (Path file : SharedLogs.all()) {
      records.clear();
      byte[] log = Files.readAllBytes(file);
      read(log);

      assertThat(problems).as(file.toString()).isEmpty();
      assertThat(ids()).as(file.toString()).isEqualTo(headerIds(log));
      for (EventRecord record : records) {
        double time = (Double) at(record, "System", "TimeCreated", "SystemTime");
        assertThat(time).isBetween(1.2e9, 1.8e9);
        // One of the logs was exported by a tool that leaves the time of writing empty.
        if (record.written().getEpochSecond() > 0) {
          assertThat((double) record.written().toEpochMilli() / 1000)
              .isCloseTo(time, within(86_400.0));
        }
        assertThat(wellFormed(record.xml())).startsWith("Event");
      }
    }
  }

  private static List<Long> headerIds(byte[] log) {
    ByteBuffer data = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN);
    List<Long> ids = new ArrayList<>();
    for (int at = 4096; at < log.length; at += LogBuilder.CHUNK) {
      for (long id = data.getLong(at + 24); id <= data.getLong(at + 32); id++) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** Reads XML to its end with the JDK's parser and returns the names of its elements. */
  static String wellFormed(String xml) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
    StringBuilder names = new StringBuilder();
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamReader.START_ELEMENT) {
        names.append(reader.getLocalName()).append(' ');
      }
    }
    return names.toString();
  }
}
