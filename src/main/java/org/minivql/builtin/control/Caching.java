package org.minivql.builtin.control;

import java.util.List;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Absent;
import org.minivql.value.Lambda;
import org.minivql.value.Lazy;
import org.minivql.value.Scope;
import org.minivql.value.StoredQuery;
import org.minivql.value.Values;

/** Values kept for the rest of the query. */
final class Caching {
  private static final int MOST = 1_000_000;

  private Caching() {}

  @VqlFunction(
      name = "cache",
      doc =
          "The value kept for a key; where there is none, that of func or of the lambda, which is"
              + " kept unless it is NULL. The first call decides about lambda, period and size.",
      version = 2,
      examples = "cache(func=1 + 1, key='a') => 2")
  static Object cache(
      CallContext context,
      @Arg("What to evaluate for a new key.") Lazy func,
      @Arg("What to call with a new key.") Lambda lambda,
      @Arg("The key; without it the cache is only made.") Object key,
      @Arg("The name of the cache.") String name,
      @Arg(value = "Seconds an entry is kept after its last use.", defaultValue = "60") long period,
      @Arg(value = "Entries kept.", name = "max_size", defaultValue = "10000") long maxSize,
      @Arg("A file that keeps the entries for other queries.") String filename) {
    Scope scope = context.scope();
    NamedCache cache =
        scope.runState(
            List.of(NamedCache.class, name == null ? "" : name),
            () ->
                new NamedCache(
                    lambda, new LruCache(scope.clock(), bounded(maxSize), Math.max(0, period))));
    if (filename != null && !filename.isEmpty()) {
      cache.keepIn(context, filename);
    }
    if (key == Absent.ABSENT) {
      return null;
    }
    String text = scope.operators().text(scope, key);
    Object kept = cache.entries().find(text);
    if (kept != Absent.ABSENT) {
      return kept;
    }
    Object value;
    if (cache.lambda() != null) {
      value = Values.reduce(cache.lambda().call(scope, key));
    } else if (func != null) {
      value = Values.reduce(func.get());
    } else {
      throw new ArgumentException("Use lambda to cache the function");
    }
    if (value != null) {
      cache.entries().set(text, scope.operators().normalise(scope, value));
    }
    return value;
  }

  @VqlFunction(
      name = "memoize",
      doc =
          "A table of the rows of a query by one of their columns: get(item=M, field=K) is the row."
              + " It is filled when first needed and again when too old.",
      version = 3)
  static Object memoize(
      CallContext context,
      @Arg(value = "The query.", required = true) StoredQuery query,
      @Arg(value = "The column.", required = true) String key,
      @Arg(value = "Seconds the table is used.", defaultValue = "60") long period,
      @Arg("The name in the log; the text of the query where not given.") String name,
      @Arg("Accepted; the table is held in memory.") String filename) {
    String shown = name == null || name.isEmpty() ? query.text() : name;
    return new RowTable(context.scope(), query, key, Math.max(0, period), shown);
  }

  @VqlFunction(
      name = "lru",
      doc =
          "A cache that set() and get() write and read; it forgets what was not used for longest."
              + " Members @Len and @Dump tell what it holds.")
  static Object lru(
      CallContext context, @Arg(value = "Entries kept.", defaultValue = "1000") long size) {
    return new LruCache(context.scope().clock(), bounded(size), LruCache.HOUR);
  }

  private static int bounded(long size) {
    return (int) Math.max(1, Math.min(size, MOST));
  }
}
