package org.minivql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.accessor.zip.SealedArchive;

/** Encrypted archives of collectors on the command line. */
class PasswordTest {
  private static final String RULE =
      """
      name: Custom.Tux
      type: SERVER_EVENT
      sources:
        - query: |
            SELECT label(client_id=ClientId, labels="Tux", op="set") AS Done
            FROM watch_monitoring(artifact="System.Flow.Completion")
      """;

  @TempDir Path folder;

  @BeforeEach
  void archives() throws IOException {
    write("rule.yaml", RULE);
    write("count.vql", "SELECT client_id FROM clients()");
    sealed("box.zip", "");
    sealed("X509.zip", "[{\"EncryptedPass\":\"c2VjcmV0\",\"Scheme\":\"X509\"}]");
    sealed("PGP.zip", "[{\"EncryptedPass\":\"c2VjcmV0\",\"Scheme\":\"PGP\"}]");
    sealed(
        "hunt.zip",
        "",
        "hunt_info.json",
        "{\"hunt_id\":\"H.7\",\"state\":3,\"artifacts\":[\"Shop.Tills\"],\"artifact_sources\":[\"Shop.Tills\"]}",
        "one-C.a1/client_info.json",
        "{\"client_id\":\"C.a1\"}",
        "one-C.a1/collection_context.json",
        "{\"session_id\":\"F.7.H\",\"state\":2,\"artifacts_with_results\":[\"Shop.Tills\"]}",
        "one-C.a1/results/Shop.Tills.json",
        "{\"Till\":31}\n",
        "one-C.a1/uploads.json",
        "{\"vfs_path\":\"/x\",\"_Components\":[\"uploads\",\"file\",\"x\"]}\n",
        "one-C.a1/uploads/file/x",
        "brass band");
    write(
        "hunt.vql",
        "SELECT Till, { SELECT read_file(filename=vfs_path, accessor='fs') AS T"
            + " FROM uploads(client_id=ClientId, flow_id=FlowId) } AS Text"
            + " FROM hunt_results(hunt_id='H.7', artifact='Shop.Tills')");
    write("fleet/fleet.yaml", "clock_start: 2026-01-01T00:00:00Z\n");
    write("fleet/script.jsonl", "{\"do\":\"import\",\"path\":\"../box.zip\"}\n");
    write("fleet/artifacts/rule.yaml", RULE);
    write("fleet/tables/server.yaml", "artifacts: [Custom.Tux]\n");
    write("fleet/expect/labels.jsonl", "{\"client_id\":\"C.77\",\"labels\":[\"Tux\"]}\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void sealed(String name, String metadata) throws IOException {
    sealed(
        name,
        metadata,
        "client_info.json",
        "{\"client_id\":\"C.77\"}",
        "collection_context.json",
        "{\"session_id\":\"F.1\",\"state\":2}");
  }

  private void sealed(String name, String metadata, String... members) throws IOException {
    ByteArrayOutputStream inside = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(inside)) {
      for (int i = 0; i < members.length; i += 2) {
        zip.putNextEntry(new ZipEntry(members[i]));
        zip.write(members[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    try (OutputStream out =
        SealedArchive.begin(Files.newOutputStream(folder.resolve(name)), "brass", metadata)) {
      out.write(inside.toByteArray());
    }
  }

  private Run run(String line) {
    return Run.in(folder, "", line.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "plan rule.yaml --fleet box.zip, +Tux: 1 client",
    "why C.77 Tux rule.yaml --fleet box.zip, Tux",
    "diff rule.yaml rule.yaml --fleet box.zip, 0 clients differ",
    "run count.vql --fleet box.zip, C.77",
    "fleet show box.zip, flows: 1",
    "fleet check box.zip, ok",
    "plan rule.yaml --fleet hunt.zip, +Tux: 1 client",
    "run hunt.vql --fleet hunt.zip, brass band",
    "plan --fleet fleet, +Tux: 1 client",
    "test fleet, '1 test, 0 failed'",
  })
  void thePasswordOpensIt(String line, String shown) {
    Run open = run(line + " --password brass");
    assertThat(open.out()).as(open.err()).contains(shown);
    assertThat(open.status()).isZero();

    Run wrong = run(line + " --password copper");
    assertThat(wrong.status()).isNotZero();
    assertThat(wrong.out() + wrong.err())
        .contains(".zip: the password is not the one of the archive");

    Run none = run(line);
    assertThat(none.status()).isNotZero();
    assertThat(none.out() + none.err()).contains(".zip: the archive is encrypted: give its ");
  }

  @Test
  void anEncryptedHuntIsConvertedWithItsPassword() {
    assertThat(run("fleet import hunt.zip copy").status()).isEqualTo(2);
    assertThat(folder.resolve("copy")).doesNotExist();

    assertThat(run("fleet import hunt.zip copy --password brass").status()).isZero();
    assertThat(folder.resolve("copy/flows/C.a1/F.7.H/results/Shop.Tills.jsonl"))
        .hasContent("{\"Till\":31}");
    assertThat(folder.resolve("copy/flows/C.a1/F.7.H/uploads/file/x")).hasContent("brass band");
    assertThat(folder.resolve("copy/hunts.jsonl")).content().contains("\"H.7\"", "\"C.a1\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X509", "PGP"})
  void anArchiveForAKeyTellsTheScheme(String scheme) throws IOException {
    Run run = run("fleet import " + scheme + ".zip copy");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "the archive is encrypted ("
                + scheme
                + "): decrypt the EncryptedPass of its metadata.json with ");
    assertThat(folder.resolve("copy")).doesNotExist();
    assertThat(run("plan rule.yaml --fleet " + scheme + ".zip").out()).isEmpty();
    assertThat(run("fleet import " + scheme + ".zip copy --password brass").status()).isZero();
    assertThat(folder.resolve("copy/flows/C.77/F.1/context.json")).exists();
  }
}
