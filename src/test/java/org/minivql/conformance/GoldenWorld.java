package org.minivql.conformance;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minivql.LogLine;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.StandardAccessors;
import org.minivql.spi.Effects;

/** The world that a golden file runs in: files, clock, log. */
final class GoldenWorld implements AutoCloseable {
  private static final Instant NOW = Instant.ofEpochSecond(1590938885L, 10);

  private final List<String> log = new ArrayList<>();
  private final Vql engine;

  private GoldenWorld() {
    this.engine =
        Vql.builder()
            .service(
                Accessors.class,
                new StandardAccessors(FileRoots.anywhere(Path.of("").toAbsolutePath())))
            .service(Effects.class, Effects.allowAll())
            .build();
  }

  static GoldenWorld open(Path files) {
    return new GoldenWorld();
  }

  Vql engine() {
    return engine;
  }

  QueryOptions options(Map<String, Object> env, long timeoutSeconds) {
    return QueryOptions.defaults()
        .withEnv(env)
        .withClock(Clock.fixed(NOW, ZoneOffset.UTC))
        .withTimeout(Duration.ofSeconds(timeoutSeconds))
        .withLog(this::log);
  }

  private void log(LogLine line) {
    log.add(line.message());
  }

  void before(String query) {
    log.add("Running query " + query);
  }

  @Override
  public void close() {
    log.clear();
  }
}
