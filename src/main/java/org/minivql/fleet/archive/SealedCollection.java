package org.minivql.fleet.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.minivql.accessor.zip.SealedArchive;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.source.FleetException;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;

/**
 * Archives of collections as files. One that is encrypted has the archive proper inside; its
 * password, where it is known, opens it.
 */
final class SealedCollection {
  private static final String DATA = "data.zip";
  private static final int LARGEST_METADATA = 1 << 20;

  private SealedCollection() {}

  /**
   * Opens an archive, be it encrypted.
   *
   * @param password of an encrypted one; empty for none
   */
  static ZipFile open(Path file, String password) {
    try {
      ZipFile zip = new ZipFile(file.toFile());
      if (zip.getEntry(DATA) == null) {
        return zip;
      }
      zip.close();
    } catch (ZipException e) {
      if (!String.valueOf(e.getMessage()).contains("encrypted entry")) {
        throw noArchive(file, e);
      }
    } catch (IOException e) {
      throw noArchive(file, e);
    }
    if (password.isEmpty()) {
      throw FleetException.in(file.toString(), "the archive is encrypted" + way(scheme(file)));
    }
    return unsealed(file, password);
  }

  /** What to do about it. */
  private static String way(String scheme) {
    if (scheme.isEmpty()) {
      return ": give its password";
    }
    String key = scheme.equals("X509") ? "the server's private key" : "the key that it is made for";
    return " ("
        + scheme
        + "): decrypt the EncryptedPass of its metadata.json with "
        + key
        + ", and give the password that comes out";
  }

  private static FleetException noArchive(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return FleetException.in(file.toString(), JsonLines.reason(e));
    }
    return FleetException.in(file.toString(), "not an archive: " + e.getMessage());
  }

  /** The archive proper, in a temporary file that is removed when it is closed. */
  private static ZipFile unsealed(Path file, String password) {
    Path inside = null;
    try {
      inside = Files.createTempFile("vql", ".zip");
      SealedArchive.unseal(file, password, inside);
      return new ZipFile(inside.toFile(), ZipFile.OPEN_READ | ZipFile.OPEN_DELETE);
    } catch (IOException e) {
      FleetException problem = FleetException.in(file.toString(), String.valueOf(e.getMessage()));
      try {
        if (inside != null) {
          Files.deleteIfExists(inside);
        }
      } catch (IOException left) {
        problem.addSuppressed(left);
      }
      throw problem;
    }
  }

  /** By what means an archive is encrypted, as far as it says so. */
  private static String scheme(Path file) {
    // The members are read one after the other: the list of all is not read where one is encrypted.
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
      ZipEntry entry = in.getNextEntry();
      while (entry != null && !entry.getName().equals("metadata.json")) {
        entry = in.getNextEntry();
      }
      return entry == null ? "" : scheme(in);
    } catch (FormatException | IOException e) {
      // What is wrong with the archive as a whole is what matters.
      return "";
    }
  }

  private static String scheme(InputStream in) throws FormatException, IOException {
    Object read = Json.parse(Bytes.decode(in.readNBytes(LARGEST_METADATA)));
    Object first = read instanceof List<?> list && !list.isEmpty() ? list.get(0) : read;
    return first instanceof Dict dict && dict.get("Scheme") instanceof String scheme ? scheme : "";
  }
}
