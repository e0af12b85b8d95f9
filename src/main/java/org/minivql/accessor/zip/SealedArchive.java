package org.minivql.accessor.zip;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import net.lingala.zip4j.ZipFile;
import net.lingala.zip4j.exception.ZipException;
import net.lingala.zip4j.io.outputstream.ZipOutputStream;
import net.lingala.zip4j.model.ZipParameters;
import net.lingala.zip4j.model.enums.AesKeyStrength;
import net.lingala.zip4j.model.enums.EncryptionMethod;

/**
 * An archive with one encrypted member, {@code data.zip}, which is the archive proper: the names of
 * its members are no more readable than they are.
 *
 * @since 0.1.0
 */
public final class SealedArchive {
  private SealedArchive() {}

  /**
   * Begins such an archive.
   *
   * @param out where it is written to; it is closed with the answer
   * @param metadata the text of the readable member {@code metadata.json}; empty for none
   * @return takes the archive proper
   * @throws IOException where it cannot be written, or the library for it is not there
   */
  public static OutputStream begin(OutputStream out, String password, String metadata)
      throws IOException {
    try {
      ZipOutputStream zip = new ZipOutputStream(out, password.toCharArray());
      if (!metadata.isEmpty()) {
        zip.putNextEntry(plain("metadata.json"));
        zip.write(metadata.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
      ZipParameters data = plain("data.zip");
      data.setEncryptFiles(true);
      data.setEncryptionMethod(EncryptionMethod.AES);
      data.setAesKeyStrength(AesKeyStrength.KEY_STRENGTH_256);
      zip.putNextEntry(data);
      return new FilterOutputStream(zip) {
        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
          zip.closeEntry();
          zip.close();
        }
      };
    } catch (NoClassDefFoundError e) {
      throw new IOException(
          "writing encrypted archives needs the library net.lingala.zip4j:zip4j", e);
    }
  }

  /**
   * Writes the decrypted {@code data.zip} of such an archive to a file.
   *
   * @throws IOException where the password is not the one, there is no such member, or the library
   *     for it is not there
   */
  public static void unseal(Path archive, String password, Path target) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile(), password.toCharArray());
        InputStream data = zip.getInputStream(zip.getFileHeader("data.zip"))) {
      Files.copy(data, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (ZipException e) {
      throw e.getType() == ZipException.Type.WRONG_PASSWORD
          ? new IOException("the password is not the one of the archive", e)
          : e;
    } catch (NoClassDefFoundError e) {
      throw new IOException(
          "reading encrypted archives needs the library net.lingala.zip4j:zip4j", e);
    }
  }

  private static ZipParameters plain(String name) {
    ZipParameters parameters = new ZipParameters();
    parameters.setFileNameInZip(name);
    return parameters;
  }
}
