package org.minivql.builtin.net;

import com.maxmind.db.InvalidDatabaseException;
import com.maxmind.db.Reader;
import com.maxmind.db.Reader.FileMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Unsigned;

/** The only class that is loaded together with the library for location databases. */
final class LocationSource {
  private final Reader reader;

  private LocationSource(Reader reader) {
    this.reader = reader;
  }

  /**
   * Opens a database.
   *
   * @param whole whether it is read into memory now, so that the file is not needed any more
   */
  static LocationSource open(Path file, boolean whole) throws IOException {
    FileMode mode = whole ? FileMode.MEMORY : FileMode.MEMORY_MAPPED;
    return new LocationSource(new Reader(file.toFile(), mode));
  }

  /** The record of an address, or null. */
  Object record(InetAddress address) throws IOException {
    try {
      return value(reader.get(address, Object.class));
    } catch (InvalidDatabaseException e) {
      throw e;
    } catch (RuntimeException e) {
      // The library trusts sizes that a damaged file may have wrong.
      throw new IOException("damaged database: " + e, e);
    }
  }

  private static Object value(Object raw) {
    if (raw instanceof Map<?, ?> map) {
      Dict.Builder dict = Dict.builder();
      map.forEach((name, value) -> dict.set(String.valueOf(name), value(value)));
      return dict.build();
    }
    if (raw instanceof List<?> list) {
      List<Object> values = new ArrayList<>();
      list.forEach(value -> values.add(value(value)));
      return values;
    }
    if (raw instanceof BigInteger big) {
      return Unsigned.of(big);
    }
    if (raw instanceof Float || raw instanceof Double) {
      return ((Number) raw).doubleValue();
    }
    if (raw instanceof Number number) {
      return number.longValue();
    }
    return raw instanceof byte[] bytes ? Bytes.decode(bytes) : raw;
  }

  void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
