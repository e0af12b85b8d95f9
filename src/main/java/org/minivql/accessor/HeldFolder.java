package org.minivql.accessor;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * An open folder: it stays the same one, whatever somebody puts in the place of its name meanwhile.
 * On hosts that cannot open files relative to a folder, names decide.
 *
 * @since 0.1.0
 */
public final class HeldFolder implements Iterable<Path>, AutoCloseable {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private static final int LOOKS = 3;

  private final Path folder;
  private final DirectoryStream<Path> entries;
  private final SecureDirectoryStream<Path> held;

  private HeldFolder(Path folder, DirectoryStream<Path> entries, boolean held) {
    this.folder = folder;
    this.entries = entries;
    this.held = held && entries instanceof SecureDirectoryStream<Path> secure ? secure : null;
  }

  /** A folder by its name, links followed. */
  static HeldFolder named(Path folder) throws IOException {
    return new HeldFolder(folder, Files.newDirectoryStream(folder), false);
  }

  /**
   * A folder by the way to it from a root, opened step by step, so that no link is followed.
   *
   * @param below the way, empty for the root itself
   */
  static HeldFolder below(Path root, Path below) throws IOException {
    return below(Files.newDirectoryStream(root), root, below);
  }

  /** The same from a root that is open. */
  static HeldFolder below(DirectoryStream<Path> top, Path root, Path below) throws IOException {
    DirectoryStream<Path> folder = top;
    try {
      for (Path step : below) {
        if (!step.toString().isEmpty()) {
          DirectoryStream<Path> parent = folder;
          folder = step(parent, root, below, step);
          parent.close();
        }
        if (!(folder instanceof SecureDirectoryStream)) {
          break;
        }
      }
      return new HeldFolder(root.resolve(below), folder, true);
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static DirectoryStream<Path> step(
      DirectoryStream<Path> folder, Path root, Path below, Path step) throws IOException {
    return folder instanceof SecureDirectoryStream<Path> secure
        ? secure.newDirectoryStream(step, LinkOption.NOFOLLOW_LINKS)
        : Files.newDirectoryStream(root.resolve(below));
  }

  @Override
  public Iterator<Path> iterator() {
    return entries.iterator();
  }

  /** Opens a file of the folder for reading; a link is not followed. */
  SeekableByteChannel open(Path name) throws IOException {
    return held == null
        ? Files.newByteChannel(folder.resolve(name), READ)
        : held.newByteChannel(name, READ);
  }

  /** What is known of a file of the folder, by name; a link is described itself. */
  public Map<String, Object> attributes(Path name) throws IOException {
    Path file = folder.resolve(name);
    for (int look = 0; look < LOOKS; look++) {
      Map<String, Object> all = attributesOf(file);
      // Only the name tells all attributes: they count if they are those of the file in here.
      if (held == null || key(name).equals(all.get("fileKey"))) {
        return all;
      }
    }
    throw new NoSuchFileException(file.toString());
  }

  private Object key(Path name) throws IOException {
    BasicFileAttributes basic =
        held.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes();
    return basic.fileKey();
  }

  /** What is known of a file, by name; a link is described itself. */
  static Map<String, Object> attributesOf(Path file) throws IOException {
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    return Files.readAttributes(file, unix ? "unix:*" : "*", LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void close() throws IOException {
    entries.close();
  }
}
