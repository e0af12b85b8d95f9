package org.minivql.accessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.accessor.standard.StandardAccessors;
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
    swap();

    assertThatThrownBy(() -> roots.open(scope, wanted, checked))
        .hasMessageContaining("permission denied");
  }

  @Test
  void aLinkThatAppearsAfterTheCheckIsNeitherListedNorDescribed() throws IOException {
    FileRoots roots = FileRoots.below(List.of(root), null);
    OSPath folder = path(root.resolve("d/e"));
    OSPath file = path(root.resolve("d/e/f"));
    Path checkedFolder = roots.check(scope, folder);
    Path checkedFile = roots.check(scope, file);
    swap();

    assertThatThrownBy(() -> roots.folder(scope, folder, checkedFolder))
        .hasMessageContaining("permission denied");
    for (boolean follow : List.of(true, false)) {
      assertThatThrownBy(() -> roots.attributes(scope, file, checkedFile, follow))
          .hasMessageContaining("permission denied");
    }
  }

  /** Puts what is outside in the place of a folder. */
  private void swap() throws IOException {
    Files.move(root.resolve("d"), root.resolve("moved"));
    Files.createSymbolicLink(root.resolve("d"), outside);
  }

  @Test
  void aLinkThatAppearsOnTheWayIsNotFollowed() throws IOException {
    Files.createSymbolicLink(root.resolve("folder"), outside.resolve("e"));
    Files.createSymbolicLink(root.resolve("file"), outside.resolve("e/f"));

    for (String way : List.of("folder", "folder/f", "file")) {
      assertThatThrownBy(() -> HeldFolder.below(root, Path.of(way)))
          .isInstanceOf(IOException.class);
    }
    try (HeldFolder held = HeldFolder.below(root, Path.of(""))) {
      assertThatThrownBy(() -> held.open(Path.of("file"))).isInstanceOf(IOException.class);
      assertThat(held.attributes(Path.of("file"))).containsEntry("isSymbolicLink", true);
    }
  }

  @Test
  void anOpenFolderStaysTheSameWhateverTakesItsName() throws IOException {
    Files.writeString(outside.resolve("e/other"), "secret");
    try (HeldFolder held = HeldFolder.below(root, Path.of("d/e"))) {
      assertThat(held.attributes(Path.of("f"))).containsEntry("size", 6L);
      swap();

      assertThat(held).extracting(entry -> entry.getFileName().toString()).containsExactly("f");
      assertThat(text(held.open(Path.of("f")))).isEqualTo("inside");
      assertThatThrownBy(() -> held.attributes(Path.of("f")))
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> held.open(Path.of("other"))).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void linksInsideAreListedAndDescribedAndSoIsALinkToARoot() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), Path.of("d"));
    Files.createSymbolicLink(root.resolve("out"), outside);
    Path way = Files.createSymbolicLink(folder.toRealPath().resolve("way"), root);
    StandardAccessors accessors = new StandardAccessors(FileRoots.below(List.of(root), null));
    Accessor files = accessors.find("file");

    assertThat(files.list(scope, path(way)))
        .extracting(FileInfo::name)
        .containsExactly("d", "link", "out");
    FileInfo link = files.stat(scope, path(way.resolve("link")));
    assertThat(link.isLink()).isTrue();
    assertThat(files.isFolder(scope, link)).isTrue();
    assertThat(files.target(scope, link).isFolder()).isTrue();
    assertThat(files.list(scope, path(root.resolve("link"))))
        .extracting(FileInfo::name)
        .containsExactly("e");
    assertThat(files.stat(scope, path(way)).isFolder()).isTrue();
    assertThatThrownBy(() -> files.list(scope, path(root.resolve("out"))))
        .hasMessageContaining("permission denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "file_nocase"})
  void whatIsOutsideIsNotToldFromWhatIsNot(String accessor) {
    Accessor files = new StandardAccessors(FileRoots.below(List.of(root), null)).find(accessor);
    for (String name : List.of("e", "E", "none", "e/f", "e/none", "e/f/x", "none/x")) {
      OSPath path = path(outside.resolve(name));
      assertThatThrownBy(() -> files.stat(scope, path))
          .hasMessage(
              "open " + path.path() + ": permission denied: not below a folder the query may read");
    }
  }
}
