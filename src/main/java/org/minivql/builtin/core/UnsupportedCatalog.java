package org.minivql.builtin.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.minivql.spi.CallContext;
import org.minivql.spi.Catalog;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.Signature;

/**
 * Calls that are known by name only: they say so once in a run and yield NULL or no rows. {@code
 * version()} answers NULL for them.
 */
public final class UnsupportedCatalog implements Catalog {
  private Map<String, String[]> names;

  /** The catalog; its names are read when the first one is asked for. */
  public UnsupportedCatalog() {}

  private synchronized boolean has(String name, Signature.Kind kind) {
    if (names == null) {
      names = read();
    }
    String[] kinds = names.get(name);
    return kinds != null && kinds[kind.ordinal()] != null;
  }

  /** The permission that each call needs, by name and kind; the empty text for none. */
  private static Map<String, String[]> read() {
    Map<String, String[]> names = new HashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                UnsupportedCatalog.class.getResourceAsStream("unsupported.txt"),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#")) {
          String[] words = line.split(" ");
          Signature.Kind kind =
              words[0].equals("plugin") ? Signature.Kind.PLUGIN : Signature.Kind.FUNCTION;
          names.computeIfAbsent(words[1], n -> new String[2])[kind.ordinal()] =
              words.length > 2 ? words[2] : "";
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  @Override
  public List<String> functions() {
    return List.of();
  }

  @Override
  public List<String> plugins() {
    return List.of();
  }

  @Override
  public Function function(String name) {
    return has(name, Signature.Kind.FUNCTION)
        ? new Function(
            signature(name, Signature.Kind.FUNCTION),
            (call, arguments) -> {
              say(call, "Function");
              return null;
            })
        : null;
  }

  @Override
  public Plugin plugin(String name) {
    return has(name, Signature.Kind.PLUGIN)
        ? new Plugin(
            signature(name, Signature.Kind.PLUGIN), (call, arguments, out) -> say(call, "Plugin"))
        : null;
  }

  private static void say(CallContext call, String kind) {
    String line =
        "VQL " + kind + " " + call.name() + "() is not implemented for this architecture (java)";
    boolean first =
        call.scope()
            .runState(List.of(UnsupportedCatalog.class, line), AtomicBoolean::new)
            .compareAndSet(false, true);
    if (first) {
      call.append(line);
    }
  }

  private Signature signature(String name, Signature.Kind kind) {
    return new Signature(
        kind,
        name,
        "Not supported here: it needs a live endpoint, another service or a rare format.",
        List.of(),
        true,
        List.of(),
        List.of(),
        -1,
        names.get(name)[kind.ordinal()],
        ErrorValue.NULL,
        name,
        false,
        false);
  }
}
