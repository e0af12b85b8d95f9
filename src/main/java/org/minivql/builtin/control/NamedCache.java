package org.minivql.builtin.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.spi.CallContext;
import org.minivql.spi.Effects;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;
import org.minivql.value.Scope;

/** A cache of a run, with what computes its values and where it is kept. */
final class NamedCache {
  private final Lambda lambda;
  private final LruCache entries;
  private boolean kept;

  NamedCache(Lambda lambda, LruCache entries) {
    this.lambda = lambda;
    this.entries = entries;
  }

  Lambda lambda() {
    return lambda;
  }

  LruCache entries() {
    return entries;
  }

  /** Reads the entries of a file and writes them back when the run ends; once. */
  synchronized void keepIn(CallContext context, String filename) {
    if (kept) {
      return;
    }
    kept = true;
    boolean real = Effects.ask(context, Effects.Kind.WRITE, filename, Dict.EMPTY);
    if (!real) {
      return;
    }
    Scope scope = context.scope();
    Path file = Path.of(filename);
    try {
      String text = Files.exists(file) ? Files.readString(file) : "";
      if (!text.isEmpty() && Json.parse(text) instanceof Dict old) {
        for (Map.Entry<String, Object> entry : old.entries()) {
          entries.set(entry.getKey(), entry.getValue());
        }
      }
    } catch (IOException | FormatException e) {
      context.log(filename + ": " + e.getMessage());
    }
    scope.onRootClose(
        () -> {
          try {
            if (Files.exists(file)) {
              Files.write(file, Json.text(entries.dump()).getBytes(StandardCharsets.UTF_8));
            }
          } catch (IOException e) {
            scope.log("cache: " + filename + ": " + e.getMessage());
          }
        });
  }
}
