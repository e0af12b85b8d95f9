package org.minivql.accessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.value.Scope;

/** What is put in the way between the check of a name and its opening. */
class FileRootsTest {
  private final Scope scope = Vql.builder().build().session(QueryOptions.defaults()).scope();

  @TempDir Path folder;
  private Path root;
  private Path outside;

  @BeforeEach
  void layOut() throws IOException {
    root = Files.createDirectories(folder.toRealPath().resolve("root"));
    outside = Files.createDirectories(root.resolveSibling("outside"));
    Files.createDirectories(root.resolve("d/e"));
    Files.createDirectories(outside.resolve("e"));
    Files.writeString(root.resolve("d/e/f"), "inside");
    Files.writeString(outside.resolve("e/f"), "secret");
  }

  private static String text(SeekableByteChannel channel) throws IOException {
    try (channel) {
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static OSPath path(Path host) {
    return OSPath.parse(PathStyle.LINUX, host.toString());
  }

  @Test
  void filesBelowTheRootAreOpenedAlsoThroughLinksThatStayInside() throws IOException {
    FileRoots roots = FileRoots.below(List.of(root, root.resolve("d/e/f")), null);
    Files.createSymbolicLink(root.resolve("link"), Path.of("d"));

    for (Path host : List.of(root.resolve("d/e/f"), root.resolve("link/e/f"))) {
      assertThat(text(roots.open(scope, path(host), roots.check(scope, path(host)))))
          .isEqualTo("inside");
    }
    FileRoots one = FileRoots.below(List.of(root.resolve("d/e/f")), null);
    assertThat(text(one.open(scope, path(root.resolve("d/e/f")), root.resolve("d/e/f"))))
        .isEqualTo("inside");
  }

  @Test
  void aLinkThatAppearsAfterTheCheckIsRefused() throws IOException {
    FileRoots roots = FileRoots.below(List.of(root), null);
    OSPath wanted = path(root.resolve("d/e/f"));
    Path checked = roots.check(scope, wanted);
    Files.move(root.resolve("d"), root.resolve("moved"));
    Files.createSymbolicLink(root.resolve("d"), outside);

    assertThatThrownBy(() -> roots.open(scope, wanted, checked))
        .hasMessageContaining("permission denied");
  }

  @Test
  void aLinkThatAppearsWhileAFileIsOpenedIsNotFollowed() throws IOException {
    Files.createSymbolicLink(root.resolve("folder"), outside.resolve("e"));
    Files.createSymbolicLink(root.resolve("file"), outside.resolve("e/f"));

    for (String real : List.of("folder/f", "file")) {
      assertThatThrownBy(() -> FileRoots.openBelow(root, Path.of(real)))
          .isInstanceOf(IOException.class);
    }
    assertThat(text(FileRoots.openBelow(root, Path.of("d/e/f")))).isEqualTo("inside");
  }
}
