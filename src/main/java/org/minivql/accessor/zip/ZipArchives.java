package org.minivql.accessor.zip;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.minivql.accessor.Bounded;
import org.minivql.accessor.open.Container;
import org.minivql.accessor.open.HostFiles;
import org.minivql.accessor.open.OpenFile;
import org.minivql.accessor.open.Variables;
import org.minivql.value.Scope;

/** The archives a run has open: opening one again and again would cost more than reading it. */
final class ZipArchives {
  private static final int KEPT = 5;
  private static final String PASSWORD = "ZIP_PASSWORDS";
  private static final long SPOOLED = 2L << 30;

  private final Map<String, Archive> archives = new LinkedHashMap<>(16, 0.75f, true);

  private ZipArchives() {}

  static ZipArchives of(Scope scope) {
    return scope.runState(
        ZipArchives.class,
        () -> {
          ZipArchives made = new ZipArchives();
          scope.onRootClose(made::close);
          return made;
        });
  }

  /** One open archive with the number of its readers. */
  private static final class Archive {
    private final ZipMembers file;
    private final OpenFile open;
    private final ZipIndex index;
    private int readers;
    private boolean dropped;

    private Archive(ZipMembers file, OpenFile open) {
      this.file = file;
      this.open = open;
      this.index = new ZipIndex(file.entries());
    }

    private void close() throws IOException {
      open.close();
      file.close();
    }
  }

  /** A loan of an archive. */
  final class Use implements AutoCloseable {
    private final Archive archive;
    private final String password;
    private boolean closed;

    private Use(Archive archive, String password) {
      this.archive = archive;
      this.password = password;
    }

    ZipIndex index() {
      return archive.index;
    }

    /** The content of a member; closing it ends the loan. */
    InputStream open(ZipEntry entry) throws IOException {
      InputStream in = archive.file.open(entry, password);
      InputStream bounded = Bounded.of(in, () -> Math.max(1, entry.getCompressedSize()));
      return new FilterInputStream(bounded) {
        @Override
        public void close() throws IOException {
          super.close();
          Use.this.close();
        }
      };
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        release(archive);
      }
    }
  }

  synchronized Use use(Scope scope, Container container) throws IOException {
    String key = container.accessor().getClass().getName() + ' ' + container.path().text();
    Archive archive = archives.get(key);
    if (archive == null) {
      ZipMembers file = open(scope, container);
      try {
        archive = new Archive(file, OpenFile.count(scope));
      } catch (RuntimeException e) {
        file.close();
        throw e;
      }
      archives.put(key, archive);
      evict();
    }
    archive.readers++;
    return new Use(archive, password(scope));
  }

  private static String password(Scope scope) {
    return Variables.value(scope, PASSWORD) instanceof String text ? text : "";
  }

  private void evict() throws IOException {
    Iterator<Archive> oldest = archives.values().iterator();
    while (archives.size() > KEPT && oldest.hasNext()) {
      Archive archive = oldest.next();
      oldest.remove();
      archive.dropped = true;
      if (archive.readers == 0) {
        archive.close();
      }
    }
  }

  private synchronized void release(Archive archive) {
    archive.readers--;
    if (archive.readers == 0 && archive.dropped) {
      close(archive);
    }
  }

  private synchronized void close() {
    archives.values().forEach(ZipArchives::close);
    archives.clear();
  }

  private static void close(Archive archive) {
    try {
      archive.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ZipMembers open(Scope scope, Container container) throws IOException {
    if (container.accessor() instanceof HostFiles files) {
      container.accessor().open(scope, container.path()).close();
      return zip(files.host(scope, container.path()), ZipFile.OPEN_READ);
    }
    Path spool = Files.createTempFile("vql", ".zip");
    try (InputStream in = container.accessor().open(scope, container.path());
        OutputStream out = Files.newOutputStream(spool)) {
      byte[] buffer = new byte[1 << 16];
      long total = 0;
      int n;
      while ((n = in.read(buffer)) > 0) {
        total += n;
        if (total > SPOOLED) {
          throw new IOException("archive inside an archive is larger than " + SPOOLED + " bytes");
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      Files.deleteIfExists(spool);
      throw e;
    }
    return zip(spool, ZipFile.OPEN_READ | ZipFile.OPEN_DELETE);
  }

  private static ZipMembers zip(Path file, int mode) throws IOException {
    try {
      return new ZipMembers.Plain(new ZipFile(file.toFile(), mode, StandardCharsets.UTF_8));
    } catch (ZipException e) {
      // Old archives name their members in a one-byte encoding.
      String reason = String.valueOf(e.getMessage());
      if (reason.contains("bad entry name")) {
        return new ZipMembers.Plain(new ZipFile(file.toFile(), mode, StandardCharsets.ISO_8859_1));
      }
      if (reason.contains("encrypted entry")) {
        return encrypted(file, mode != ZipFile.OPEN_READ);
      }
      throw new IOException("zip: not a valid zip file: " + e.getMessage(), e);
    }
  }

  private static ZipMembers encrypted(Path file, boolean temporary) throws IOException {
    try {
      return EncryptedZip.open(file, temporary);
    } catch (NoClassDefFoundError e) {
      throw new IOException(
          "reading encrypted archives needs the library net.lingala.zip4j:zip4j", e);
    }
  }
}
