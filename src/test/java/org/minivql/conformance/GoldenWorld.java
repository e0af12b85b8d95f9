package org.minivql.conformance;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.minivql.LogLine;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.StandardAccessors;
import org.minivql.builtin.testing.GeneratedCatalog;
import org.minivql.builtin.testing.TestContext;
import org.minivql.spi.Effects;
import org.minivql.spi.Mocks;

/** The world that a golden file runs in: files, clock, log. */
final class GoldenWorld implements AutoCloseable {
  private static final Instant NOW = Instant.ofEpochSecond(1590938885L, 10);

  private final TestContext test = new TestContext(NOW);
  private final Vql engine;

  private GoldenWorld() {
    this.engine =
        Vql.builder()
            .service(
                Accessors.class,
                new StandardAccessors(FileRoots.anywhere(Path.of("").toAbsolutePath())))
            .service(Effects.class, Effects.allowAll())
            .catalog(new GeneratedCatalog())
            .service(Mocks.class, test)
            .service(TestContext.class, test)
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
        .withClock(test.clock())
        .withTimeout(Duration.ofSeconds(timeoutSeconds))
        .withLog(this::log);
  }

  private void log(LogLine line) {
    test.log(line.text());
  }

  void before(String query) {
    test.log("Running query " + query);
  }

  @Override
  public void close() {
    test.log("");
  }
}
