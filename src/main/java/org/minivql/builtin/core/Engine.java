package org.minivql.builtin.core;

import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.Catalog;
import org.minivql.spi.Library;
import org.minivql.spi.Mocks;
import org.minivql.spi.Signature;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Timestamp;

/** Times from numbers, and what the engine has. */
final class Engine {
  private static final long WINDOWS_EPOCH = 11_644_473_600L;
  private static final long TICKS = 10_000_000L;

  private Engine() {}

  @VqlFunction(
      name = "timestamp",
      doc = "A time from seconds since 1970 or from a Windows file time; NULL for zero and less.")
  static Object timestamp(
      @Arg("Seconds since 1970.") long epoch, @Arg("100 ns since 1601.") long winfiletime) {
    if (epoch > 0) {
      return Timestamp.ofEpochSecond(epoch);
    }
    return winfiletime > 0 ? Timestamp.ofEpochSecond(winfiletime / TICKS - WINDOWS_EPOCH) : null;
  }

  @VqlFunction(
      name = "version",
      doc = "The version of a plugin or function; NULL where there is none of that name.",
      examples = {"version(function='dict') => 0", "version(plugin='nosuch') => null"})
  static Object version(
      CallContext context,
      @Arg("The name of a function.") String function,
      @Arg("The name of a plugin.") String plugin) {
    Library library = context.scope().service(Library.class);
    Signature signature;
    if (plugin != null && !plugin.isEmpty()) {
      signature = plugin(context, library, plugin);
    } else if (function != null && !function.isEmpty()) {
      signature = library.functionSignature(function);
    } else {
      context.log("One of plugin or function should be specified");
      return 0L;
    }
    return signature == null || signature.version() < 0
        ? null
        : (Object) (long) signature.version();
  }

  /** A plugin of the engine, or one that is answered in its place. */
  private static Signature plugin(CallContext context, Library library, String name) {
    Signature own = library.pluginSignature(name);
    Mocks mocks = own == null ? context.scope().service(Mocks.class) : null;
    Catalog.Plugin mocked = mocks == null ? null : mocks.plugin(name);
    return mocked == null ? own : mocked.signature();
  }
}
