package org.minivql.accessor.zip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.zip.ZipEntry;
import net.lingala.zip4j.ZipFile;
import net.lingala.zip4j.model.FileHeader;

/** The only class that is loaded together with the library for encrypted archives. */
final class EncryptedZip implements ZipMembers {
  private final Path path;
  private final boolean temporary;
  private final ZipFile file;

  private EncryptedZip(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
    this.file = new ZipFile(path.toFile());
  }

  /**
   * Opens an archive.
   *
   * @param temporary whether the file is removed when the archive is closed
   */
  static ZipMembers open(Path path, boolean temporary) throws IOException {
    EncryptedZip archive = new EncryptedZip(path, temporary);
    archive.file.getFileHeaders();
    return archive;
  }

  @Override
  public Iterator<ZipEntry> entries() {
    try {
      return file.getFileHeaders().stream().map(EncryptedZip::entry).iterator();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ZipEntry entry(FileHeader header) {
    ZipEntry entry = new ZipEntry(header.getFileName());
    entry.setSize(header.getUncompressedSize());
    entry.setCompressedSize(header.getCompressedSize());
    entry.setTimeLocal(time(header.getLastModifiedTime()));
    return entry;
  }

  private static LocalDateTime time(long dos) {
    try {
      return LocalDateTime.of(
          1980 + (int) (dos >> 25 & 0x7f),
          (int) (dos >> 21 & 0xf),
          (int) (dos >> 16 & 0x1f),
          (int) (dos >> 11 & 0x1f),
          (int) (dos >> 5 & 0x3f),
          (int) (dos & 0x1f) * 2);
    } catch (DateTimeException e) {
      return LocalDateTime.of(1980, 1, 1, 0, 0);
    }
  }

  @Override
  public synchronized InputStream open(ZipEntry entry, String password) throws IOException {
    FileHeader header = file.getFileHeader(entry.getName());
    if (header.isEncrypted() && password.isEmpty()) {
      throw new IOException("zip: the archive needs a password: set ZIP_PASSWORDS");
    }
    file.setPassword(password.toCharArray());
    return file.getInputStream(header);
  }

  @Override
  public void close() throws IOException {
    file.close();
    if (temporary) {
      Files.deleteIfExists(path);
    }
  }
}
