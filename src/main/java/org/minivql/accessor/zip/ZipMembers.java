package org.minivql.accessor.zip;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An open archive. */
interface ZipMembers extends Closeable {
  /** All members in the order of the archive. */
  Iterator<? extends ZipEntry> entries();

  /** The content of a member; the password is empty where none was given. */
  InputStream open(ZipEntry entry, String password) throws IOException;

  /** An archive without passwords. */
  record Plain(ZipFile file) implements ZipMembers {
    @Override
    public Iterator<? extends ZipEntry> entries() {
      return file.entries().asIterator();
    }

    @Override
    public InputStream open(ZipEntry entry, String password) throws IOException {
      return file.getInputStream(entry);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
