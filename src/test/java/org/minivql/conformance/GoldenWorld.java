package org.minivql.conformance;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.minivql.LogLine;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.artifact.Artifact;
import org.minivql.builtin.testing.TestContext;
import org.minivql.fleet.FleetStage;
import org.minivql.fleet.datastore.Datastore;
import org.minivql.spi.Effects;
import org.minivql.spi.Mocks;
import org.minivql.spi.Pauses;
import org.minivql.spi.Uploads;
import org.minivql.value.Dict;
import org.minivql.value.Scope;

/** The world that a golden file runs in: a server's datastore, files, clock, log, mocks. */
final class GoldenWorld implements AutoCloseable {
  private static final Instant NOW = Instant.ofEpochSecond(1590938885L, 10);

  private final Datastore datastore;
  private final FleetStage stage;
  private final TestContext test;
  private final Vql engine;

  private GoldenWorld(Optional<Path> store, List<Artifact> artifacts) {
    this.datastore = store.map(path -> new Datastore(path, NOW)).orElse(null);
    this.stage = datastore == null ? null : new FleetStage(datastore, artifacts);
    this.test = stage == null ? new TestContext(NOW) : (TestContext) stage.mocks();
    this.engine = stage == null ? Vql.builder().build() : stage.engine();
  }

  static GoldenWorld open(List<Artifact> artifacts) {
    return new GoldenWorld(
        Cases.shared().map(dir -> dir.resolve("data/datastore")).filter(Files::isDirectory),
        artifacts);
  }

  Vql engine() {
    return engine;
  }

  QueryOptions options(Map<String, Object> env, long timeoutSeconds) {
    QueryOptions options =
        QueryOptions.defaults()
            .withEnv(env)
            .withTimeout(Duration.ofSeconds(timeoutSeconds))
            .withLog(this::log)
            .withService(
                Accessors.class,
                new StandardAccessors(FileRoots.anywhere(Path.of("").toAbsolutePath())))
            .withService(Uploads.class, GoldenWorld::upload)
            .withService(Effects.class, Effects.allowAll())
            .withService(Mocks.class, test)
            .withService(TestContext.class, test);
    return (stage == null ? options : stage.options(options))
        .withClock(test.clock())
        .withService(Pauses.class, new MachineTime());
  }

  /** A server keeps its own uploads in its file store, below the accessor they were read with. */
  private static Dict upload(Scope scope, Uploads.Upload upload, InputStream data) {
    List<Object> components = new ArrayList<>(List.of("uploads", upload.accessor()));
    components.addAll(upload.components());
    return Dict.of("Path", upload.path(), "Size", upload.size(), "Components", components);
  }

  /** The reference waits by the clock of the machine while the clock of its queries stands. */
  private static final class MachineTime implements Pauses {
    @Override
    public boolean pause(Scope scope, Duration duration) {
      long begin = System.nanoTime();
      long length =
          duration.compareTo(Duration.ofHours(1)) > 0 ? Long.MAX_VALUE : duration.toNanos();
      while (scope.alive() && System.nanoTime() - begin < length) {
        LockSupport.parkNanos(1_000_000);
      }
      return scope.alive();
    }

    @Override
    public Instant now(Scope scope) {
      return Clock.systemUTC().instant();
    }
  }

  private void log(LogLine line) {
    test.log(line.text());
  }

  void before(String query) {
    test.log("Running query " + query);
  }

  @Override
  public void close() {
    if (stage != null) {
      stage.close();
      datastore.close();
    }
  }
}
