package org.minivql.accessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Folders on the way to the one that is wanted do not stay open. */
class HeldFolderTest {
  private static final Path ROOT = Path.of("root");

  private final List<String> opened = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private String failing = "";

  /** A folder that has every folder below it. */
  @SuppressWarnings("unchecked")
  private SecureDirectoryStream<Path> folder(String name) {
    opened.add(name);
    return (SecureDirectoryStream<Path>)
        Proxy.newProxyInstance(
            SecureDirectoryStream.class.getClassLoader(),
            new Class<?>[] {SecureDirectoryStream.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("newDirectoryStream")) {
                return folder(String.valueOf(arguments[0]));
              }
              closed.add(name);
              if (name.equals(failing)) {
                throw new IOException("the disk is gone");
              }
              return null;
            });
  }

  @Test
  void onlyTheLastStaysOpen() throws IOException {
    HeldFolder held = HeldFolder.below(folder("root"), ROOT, Path.of("a", "b"));
    assertThat(opened).containsExactly("root", "a", "b");
    assertThat(closed).containsExactly("root", "a");
    held.close();
    assertThat(closed).containsExactly("root", "a", "b");
  }

  @Test
  void noneStaysOpenWhereOneCannotBeClosed() {
    failing = "a";
    assertThatThrownBy(() -> HeldFolder.below(folder("root"), ROOT, Path.of("a", "b")))
        .hasMessage("the disk is gone");
    assertThat(closed).containsAll(opened);
  }
}
