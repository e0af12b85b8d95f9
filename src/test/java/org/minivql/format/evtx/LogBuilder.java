package org.minivql.format.evtx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/** Writes event logs for tests: one template in each chunk, shared by its records. */
public final class LogBuilder {
  static final int CHUNK = 0x10000;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private long nextRecord = 1;
  private ByteBuffer chunk;
  private int template;
  private Map<String, Integer> names;

  /** A log without chunks. */
  public LogBuilder() {
    ByteBuffer header = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    header.put("ElfFile\0".getBytes(StandardCharsets.US_ASCII));
    header.putInt(32, 128).putShort(36, (short) 1).putShort(38, (short) 3);
    header.putShort(40, (short) 4096);
    header.putInt(124, checksum(header.array(), 0, 120));
    file.writeBytes(header.array());
  }

  /** A chunk of records whose data are these texts. */
  public LogBuilder chunk(String... texts) {
    begin();
    for (String text : texts) {
      record(text);
    }
    return end();
  }

  LogBuilder begin() {
    chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    names = new LinkedHashMap<>();
    template = 0;
    chunk.put("ElfChnk\0".getBytes(StandardCharsets.US_ASCII));
    chunk.putLong(8, nextRecord).putLong(24, nextRecord).putInt(40, 128);
    chunk.position(512);
    return this;
  }

  LogBuilder record(String text) {
    int start = chunk.position();
    chunk.putInt(0x2a2a).putInt(0).putLong(nextRecord);
    chunk.putLong(116_444_736_000_000_000L + nextRecord * 10_000_000L);
    fragment();
    instance(nextRecord, text);
    chunk.put((byte) 0);
    int size = chunk.position() + 4 - start;
    chunk.putInt(size).putInt(start + 4, size);
    nextRecord++;
    return this;
  }

  LogBuilder end() {
    chunk.putLong(16, nextRecord - 1).putLong(32, nextRecord - 1).putInt(48, chunk.position());
    byte[] data = chunk.array();
    chunk.putInt(52, checksum(data, 512, chunk.position()));
    CRC32 crc = new CRC32();
    crc.update(data, 0, 120);
    crc.update(data, 128, 384);
    chunk.putInt(124, (int) crc.getValue());
    file.writeBytes(data);
    return this;
  }

  /** The log so far. */
  public byte[] bytes() {
    return file.toByteArray();
  }

  /** Whether another record with a text fits into the chunk. */
  boolean fits(String text) {
    return chunk.remaining() > 2048 + 2 * text.length();
  }

  private static int checksum(byte[] data, int from, int to) {
    CRC32 crc = new CRC32();
    crc.update(data, from, to - from);
    return (int) crc.getValue();
  }

  private void fragment() {
    chunk.put((byte) 0x0f).put((byte) 1).put((byte) 1).put((byte) 0);
  }

  private void instance(long id, String text) {
    chunk.put((byte) 0x0c).put((byte) 1).putInt(7);
    if (template == 0) {
      template = chunk.position() + 4;
      chunk.putInt(template);
      template();
    } else {
      chunk.putInt(template);
    }
    byte[] data = text.getBytes(StandardCharsets.UTF_16LE);
    byte[] array = "one\0two\0".getBytes(StandardCharsets.UTF_16LE);
    chunk.putInt(7);
    value(2, 0x06).value(8, 0x11).value(8, 0x0a).value(data.length, 0x01);
    value(array.length, 0x81).value(8, 0x15).value(0, 0x00);
    chunk.putShort((short) 4711);
    chunk.putLong(116_444_736_000_000_000L + id * 10_000_000L).putLong(id);
    chunk.put(data).put(array).putLong(0x8000_0000_0000_0001L);
  }

  private LogBuilder value(int size, int type) {
    chunk.putShort((short) size).put((byte) type).put((byte) 0);
    return this;
  }

  private void template() {
    chunk.putInt(0).putLong(1).putLong(2);
    int size = chunk.position();
    chunk.putInt(0);
    fragment();
    open("Event", "xmlns", () -> literal("urn:test"));
    open("System");
    open("Provider", "Name", () -> literal("Tester"));
    close();
    open("EventID", "Qualifiers", () -> place(6, true));
    place(0, false);
    close();
    open("Keywords");
    place(5, false);
    close();
    open("TimeCreated", "SystemTime", () -> place(1, false));
    close();
    open("EventRecordID");
    place(2, false);
    close();
    open("Version");
    place(6, true);
    close();
    close();
    open("EventData");
    open("Data", "Name", () -> literal("Text"));
    place(3, false);
    close();
    open("Data", "Name", () -> literal("Nothing"));
    place(6, false);
    close();
    open("Data");
    place(4, false);
    close();
    close();
    close();
    chunk.put((byte) 0);
    chunk.putInt(size, chunk.position() - size - 4);
  }

  private void open(String name) {
    chunk.put((byte) 0x01).putShort((short) -1).putInt(0);
    name(name);
    chunk.put((byte) 0x02);
  }

  private void open(String name, String attribute, Runnable value) {
    chunk.put((byte) 0x41).putShort((short) -1).putInt(0);
    name(name);
    int size = chunk.position();
    chunk.putInt(0).put((byte) 0x06);
    name(attribute);
    value.run();
    chunk.putInt(size, chunk.position() - size - 4);
    chunk.put((byte) 0x02);
  }

  private void close() {
    chunk.put((byte) 0x04);
  }

  private void literal(String text) {
    chunk.put((byte) 0x05).put((byte) 0x01).putShort((short) text.length());
    chunk.put(text.getBytes(StandardCharsets.UTF_16LE));
  }

  private void place(int index, boolean optional) {
    chunk.put((byte) (optional ? 0x0e : 0x0d)).putShort((short) index).put((byte) 0);
  }

  private void name(String name) {
    Integer known = names.get(name);
    if (known != null) {
      chunk.putInt(known);
      return;
    }
    int at = chunk.position() + 4;
    names.put(name, at);
    chunk.putInt(at).putInt(0).putShort((short) 0).putShort((short) name.length());
    chunk.put(name.getBytes(StandardCharsets.UTF_16LE)).putShort((short) 0);
  }
}
