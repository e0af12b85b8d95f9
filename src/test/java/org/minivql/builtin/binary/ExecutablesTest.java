package org.minivql.builtin.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.testing.Run;
import org.minivql.value.Bytes;

class ExecutablesTest {
  private static final int SECTION = 0x200;
  private static final int ADDRESS = 0x1000;

  /** A library with one section that holds an import table and an export table. */
  private static byte[] library() {
    ByteBuffer file = ByteBuffer.allocate(0x600).order(ByteOrder.LITTLE_ENDIAN);
    file.put(0, (byte) 'M').put(1, (byte) 'Z').putInt(60, 64);
    file.putInt(64, 0x4550).putShort(68, (short) 0x8664).putShort(70, (short) 1);
    file.putInt(72, 1000).putShort(84, (short) 240).putShort(86, (short) 0x22);
    file.putShort(88, (short) 0x20b).putLong(88 + 24, 0x140000000L).putInt(88 + 108, 16);
    file.putInt(88 + 112, 0x1200).putInt(88 + 116, 0x100);
    file.putInt(88 + 120, 0x1000).putInt(88 + 124, 40);
    text(file, 328, ".text");
    file.putInt(336, 0x1000).putInt(340, ADDRESS).putInt(344, 0x400).putInt(348, SECTION);
    file.putInt(328 + 36, 0x60000020);
    file.putInt(at(0x1000), 0x1100).putInt(at(0x100c), 0x1080).putInt(at(0x1010), 0x1100);
    text(file, at(0x1080), "KERNEL32.dll");
    file.putLong(at(0x1100), 0x1140).putLong(at(0x1108), Long.MIN_VALUE | 5);
    text(file, at(0x1142), "GetProcAddress");
    file.putInt(at(0x120c), 0x1280).putInt(at(0x1210), 1).putInt(at(0x1218), 2);
    file.putInt(at(0x121c), 0x1300).putInt(at(0x1220), 0x1310).putInt(at(0x1224), 0x1320);
    text(file, at(0x1280), "lib.dll");
    text(file, at(0x12c0), "other.Fn");
    file.putInt(at(0x1300), 0x1010).putInt(at(0x1304), 0x12c0);
    file.putInt(at(0x1310), 0x1340).putInt(at(0x1314), 0x1348);
    file.putShort(at(0x1322), (short) 1);
    text(file, at(0x1340), "Alpha");
    text(file, at(0x1348), "Beta");
    return file.array();
  }

  private static int at(int address) {
    return address - ADDRESS + SECTION;
  }

  private static void text(ByteBuffer file, int at, String text) {
    file.put(at, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Run parse(byte[] file, String columns) {
    return Run.of(
        Vql.builder().build(),
        "LET P <= parse_pe(accessor='data', file=File) SELECT " + columns + " FROM scope()",
        QueryOptions.defaults().withEnv(Map.of("File", Bytes.decode(file))));
  }

  @Test
  void headersAndSections() {
    assertThat(parse(library(), "P.FileHeader AS H, P.Sections AS S").rows())
        .containsExactly(
            "{\"H\":{\"Machine\":\"IMAGE_FILE_MACHINE_AMD64\","
                + "\"TimeDateStamp\":\"1970-01-01T00:16:40Z\",\"TimeDateStampRaw\":1000,"
                + "\"Characteristics\":34,\"ImageBase\":5368709120},\"S\":[{\"Perm\":\"xr-\","
                + "\"Name\":\".text\",\"FileOffset\":512,\"VMA\":5368713216,\"RVA\":4096,"
                + "\"Size\":1024}]}");
  }

  @Test
  void importsAndExports() throws Exception {
    String hash =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("MD5")
                    .digest("kernel32.getprocaddress,kernel32.ord5".getBytes("US-ASCII")));
    assertThat(
            parse(
                    library(),
                    "P.Imports AS I, P.ImpHash AS M, P.Exports AS E, P.Forwards AS F,"
                        + " P.ExportRVAs[0] AS R")
                .rows())
        .containsExactly(
            "{\"I\":[\"KERNEL32.dll!GetProcAddress\",\"KERNEL32.dll!0x5\"],\"M\":\""
                + hash
                + "\",\"E\":[\"lib.dll:Alpha\"],\"F\":[\"other.Fn\"],\"R\":{\"Ordinal\":1,"
                + "\"Name\":\"Alpha\",\"RVA\":4112,\"Forwarder\":\"\",\"DLLName\":\"lib.dll\"}}");
  }

  @Test
  void digestsLeaveTheChecksumOut() {
    byte[] other = library();
    other[88 + 64] = 9;
    String columns = "P.AuthenticodeHash.SHA256 AS H";
    assertThat(parse(other, columns).rows()).isEqualTo(parse(library(), columns).rows());
    other[100] = 9;
    assertThat(parse(other, columns).rows()).isNotEqualTo(parse(library(), columns).rows());
  }

  @Test
  void whatIsNoExecutableIsNull() {
    assertThat(parse(new byte[] {'M', 'Z'}, "P AS P").rows()).containsExactly("{\"P\":null}");
    assertThat(parse(new byte[200], "P AS P").log()).isEmpty();
  }

  @Property(tries = 300)
  void damagedExecutablesAreReadAsFarAsTheyGo(
      @ForAll @IntRange(min = 64, max = 0x5ff) int place, @ForAll byte value) {
    byte[] file = library();
    file[place] = value;
    Run run = parse(file, "P");
    assertThat(run.rows()).hasSize(1);
    assertThat(run.log()).isEmpty();
  }
}
