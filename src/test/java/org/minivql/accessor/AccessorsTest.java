package org.minivql.accessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.accessor.glob.Glob;
import org.minivql.accessor.glob.GlobSearch;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.testing.TestScope;

class AccessorsTest {
  @TempDir Path folder;
  private final TestScope scope = TestScope.of("Packed", "kept in a variable");

  @AfterEach
  void close() {
    scope.close();
  }

  private Accessors accessors() {
    return new StandardAccessors(FileRoots.below(List.of(folder), null));
  }

  private String read(String accessor, String path) throws IOException {
    Accessor found = accessors().find(accessor);
    try (InputStream in = found.open(scope, found.parse(path))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void readsTextVariablesAndFiles() throws IOException {
    Files.writeString(folder.resolve("Notes.txt"), "from disk");
    assertThat(read("data", "{just text}")).isEqualTo("{just text}");
    assertThat(read("scope", "Packed")).isEqualTo("kept in a variable");
    assertThat(read("file", folder + "/Notes.txt")).isEqualTo("from disk");
    assertThat(read("file_nocase", folder + "/nOTES.TXT")).isEqualTo("from disk");
    assertThatThrownBy(() -> read("scope", "Nothing")).isInstanceOf(MissingFileException.class);
  }

  @Test
  void readsGzipAndPassesOthersThrough() throws IOException {
    Path packed = folder.resolve("a.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("unpacked".getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(folder.resolve("b"), "plain");
    assertThat(read("gzip", packed.toString())).isEqualTo("unpacked");
    assertThat(read("gzip", folder + "/b")).isEqualTo("plain");
  }

  private static byte[] bzip2(int times, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(bytes)) {
      for (int i = 0; i < times; i++) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void readsBzip2AndPassesOthersThrough() throws IOException {
    Path packed = folder.resolve("a.bz2");
    byte[] one = bzip2(1, "unpacked");
    Files.write(packed, one);
    Files.write(packed, one, StandardOpenOption.APPEND);
    Files.writeString(folder.resolve("b"), "BZ");
    assertThat(read("bzip2", packed.toString())).isEqualTo("unpackedunpacked");
    assertThat(read("bzip2", folder + "/b")).isEqualTo("BZ");
    Files.write(packed, Arrays.copyOf(one, one.length - 5));
    assertThatThrownBy(() -> read("bzip2", packed.toString())).isInstanceOf(IOException.class);
    Files.writeString(packed, "BZhello");
    assertThatThrownBy(() -> read("bzip2", packed.toString())).isInstanceOf(IOException.class);
  }

  @Test
  void stopsABombOfBzip2() throws IOException {
    Path bomb = folder.resolve("bomb.bz2");
    Files.write(bomb, bzip2(64, "\0".repeat(1 << 20)));
    assertThatThrownBy(() -> read("bzip2", bomb.toString())).hasMessageContaining("times as large");
  }

  @Test
  void readsArchivesInsideArchives() throws IOException {
    byte[] inner = zip("deep/er.txt", "found");
    Path outer = folder.resolve("outer.zip");
    Files.write(outer, zip("inner.zip", new String(inner, StandardCharsets.ISO_8859_1)));
    OSPath nested =
        OSPath.of(PathStyle.ZIP, List.of("deep", "er.txt"))
            .in(
                "zip",
                OSPath.of(PathStyle.ZIP, List.of("inner.zip")).in("file", outer.toString()).text());
    Accessor zip = accessors().find("zip");
    try (InputStream in = zip.open(scope, nested)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("found");
    }
    OSPath root = nested.withComponents(List.of());
    assertThat(zip.list(scope, root)).extracting(FileInfo::name).containsExactly("deep");
  }

  @Test
  void readsRangesAndOffsets() throws IOException {
    OSPath sparse =
        OSPath.of(
                PathStyle.PATHSPEC,
                List.of("[{\"offset\":0,\"length\":2},{\"offset\":4,\"length\":2}]"))
            .in("data", "abcdef");
    try (InputStream in = accessors().find("sparse").open(scope, sparse)) {
      assertThat(in.readAllBytes()).containsExactly('a', 'b', 0, 0, 'e', 'f');
    }
    OSPath offset = OSPath.of(PathStyle.GENERIC, List.of("0x2")).in("data", "abcdef");
    try (InputStream in = accessors().find("offset").open(scope, offset)) {
      assertThat(in.readAllBytes()).containsExactly('c', 'd', 'e', 'f');
    }
  }

  @Test
  void refusesWhatLiesOutsideTheRoots(@TempDir Path other) throws IOException {
    Path secret = other.resolve("secret");
    Files.writeString(secret, "no");
    Files.createSymbolicLink(folder.resolve("link"), secret);
    assertThatThrownBy(() -> read("file", secret.toString())).hasMessageContaining("permission");
    assertThatThrownBy(() -> read("file", folder + "/link")).hasMessageContaining("permission");
    assertThatThrownBy(() -> read("file", folder + "/../" + other.getFileName() + "/secret"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void stopsADecompressionBomb() throws IOException {
    Path bomb = folder.resolve("bomb.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        out.write(zeros);
      }
    }
    assertThatThrownBy(() -> read("gzip", bomb.toString())).hasMessageContaining("times as large");
  }

  private List<String> glob(String... patterns) {
    Accessor file = accessors().find("file");
    List<Glob> globs = new ArrayList<>();
    for (String pattern : patterns) {
      globs.addAll(Glob.parse(PathStyle.LINUX, PathStyle.LINUX::split, pattern));
    }
    List<String> found = new ArrayList<>();
    new GlobSearch(
            scope,
            file,
            new GlobSearch.Options(true, false, info -> true),
            row -> {
              FileInfo info = (FileInfo) row;
              String name = info.path().path().substring(folder.toString().length());
              return found.add(name + " " + info.member("Globs"));
            })
        .run(file.parse(folder.toString()), globs);
    return found;
  }

  @Test
  void findsFilesByPattern() throws IOException {
    Files.createDirectories(folder.resolve("x/y"));
    for (String name : List.of("a.TXT", "b.log", "x/c.txt", "x/y/d.txt")) {
      Files.writeString(folder.resolve(name), "");
    }
    assertThat(glob("*.{txt,log}", "/a*"))
        .containsExactly("/a.TXT [/*.txt, /a*]", "/b.log [/*.log]");
    assertThat(glob("**/*.txt"))
        .containsExactly("/a.TXT [/**/*.txt]", "/x/c.txt [/**/*.txt]", "/x/y/d.txt [/**/*.txt]");
    assertThat(glob("**1")).containsExactly("/a.TXT [/**1]", "/b.log [/**1]", "/x [/**1]");
    assertThat(glob("[!ab]/?.txt")).containsExactly("/x/c.txt [/[!ab]/?.txt]");
    assertThat(glob("nothing/*")).isEmpty();
    assertThat(scope.log()).isEmpty();
  }

  @Test
  void doesNotFollowLinksInCircles() throws IOException {
    Files.createDirectories(folder.resolve("x"));
    Files.createSymbolicLink(folder.resolve("x/up"), folder);
    assertThat(glob("**")).hasSizeLessThan(10);
  }
}
