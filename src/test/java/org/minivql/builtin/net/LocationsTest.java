package org.minivql.builtin.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.testing.Run;

class LocationsTest {
  @TempDir Path folder;

  /** A database that knows one half of all IPv4 addresses. */
  private static byte[] database() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {0, 0, 17, 0, 0, 1});
    out.write(new byte[16]);
    map(out, 2);
    text(out, "country");
    map(out, 1);
    text(out, "iso_code");
    text(out, "AU");
    text(out, "n");
    out.write(new byte[] {(byte) 0xa1, 7});
    out.write("\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1));
    map(out, 9);
    for (Map.Entry<String, Integer> number :
        List.of(
            Map.entry("binary_format_major_version", 2),
            Map.entry("binary_format_minor_version", 0),
            Map.entry("ip_version", 4),
            Map.entry("record_size", 24))) {
      text(out, number.getKey());
      out.write(new byte[] {(byte) 0xa1, (byte) (int) number.getValue()});
    }
    text(out, "node_count");
    out.write(new byte[] {(byte) 0xc1, 1});
    text(out, "build_epoch");
    out.write(new byte[] {1, 2, 1});
    text(out, "database_type");
    text(out, "Test");
    text(out, "description");
    map(out, 0);
    text(out, "languages");
    out.write(new byte[] {0, 4});
    return out.toByteArray();
  }

  private static void map(ByteArrayOutputStream out, int size) {
    out.write(0xe0 | size);
  }

  private static void text(ByteArrayOutputStream out, String text) throws IOException {
    out.write(0x40 | text.length());
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private Run run(String call) {
    Vql engine =
        Vql.builder()
            .service(
                Accessors.class, new StandardAccessors(FileRoots.below(List.of(folder), folder)))
            .build();
    return Run.of(
        engine,
        "SELECT " + call + " AS A, " + call + " AS B FROM scope()",
        QueryOptions.defaults().withEnv(Map.of("Db", folder.resolve("test.mmdb").toString())));
  }

  @Test
  void theRecordOfAnAddress() throws IOException {
    Files.write(folder.resolve("test.mmdb"), database());
    assertThat(run("geoip(ip='1.2.3.4', db=Db)").rows())
        .containsExactly(
            "{\"A\":{\"country\":{\"iso_code\":\"AU\"},\"n\":7},"
                + "\"B\":{\"country\":{\"iso_code\":\"AU\"},\"n\":7}}");
    assertThat(run("geoip(ip='200.2.3.4', db=Db)").rows())
        .containsExactly("{\"A\":null,\"B\":null}");
    assertThat(run("geoip(ip='x', db=Db)").log())
        .containsExactly("geoip: invalid IP x", "geoip: invalid IP x");
  }

  @Test
  void aBadDatabaseIsSaidOnce() throws IOException {
    Files.writeString(folder.resolve("test.mmdb"), "nothing");
    Run run = run("geoip(ip='1.2.3.4', db=Db)");
    assertThat(run.rows()).containsExactly("{\"A\":null,\"B\":null}");
    assertThat(run.log()).hasSize(1).allMatch(line -> line.startsWith("geoip: "));
  }
}
