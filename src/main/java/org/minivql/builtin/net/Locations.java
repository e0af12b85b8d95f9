package org.minivql.builtin.net;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.accessor.standard.LocalCopy;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;

/** Where addresses are, by databases of the host. */
final class Locations {
  private Locations() {}

  @VqlFunction(
      name = "geoip",
      doc = "The record of an address in a MaxMind database; NULL where it has none.",
      version = 1)
  static Object geoip(
      CallContext context,
      @Arg(value = "The address.", required = true) String ip,
      @Arg(value = "The database, a file of the host.", required = true) String db) {
    InetAddress address = address(ip);
    Optional<LocationSource> source =
        context.scope().runState(List.of(Locations.class, db), () -> open(context, db));
    try {
      return source.isEmpty() ? null : source.get().record(address);
    } catch (IOException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    }
  }

  private static InetAddress address(String ip) {
    IpAddress parsed = IpAddress.parse(ip);
    if (parsed == null) {
      throw new ArgumentException("invalid IP " + ip);
    }
    return parsed.inet();
  }

  /** The database; one that cannot be opened is not tried again. */
  private static Optional<LocationSource> open(CallContext context, String db) {
    FileArguments files = FileArguments.of(context, "file", "db");
    try (LocalCopy copy = LocalCopy.of(context.scope(), files, files.path(db, "db"), false)) {
      LocationSource source = LocationSource.open(copy.file(), copy.isCopy());
      context.scope().onRootClose(source::close);
      return Optional.of(source);
    } catch (NoClassDefFoundError e) {
      context.log("reading location databases needs the library com.maxmind.db:maxmind-db");
    } catch (IOException e) {
      context.log(String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }
}
