package org.minivql.fleet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.minivql.Execution;
import org.minivql.QueryOptions;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.artifact.Artifact;
import org.minivql.builtin.testing.TestContext;
import org.minivql.fleet.source.FleetSource;
import org.minivql.format.Json;
import org.minivql.spi.Mocks;

/** A fleet on a stage, and one scope in which programs run on it. */
final class StageBench implements AutoCloseable {
  final List<String> log = new ArrayList<>();
  private final FleetSource source;
  private final FleetStage stage;
  private final QueryOptions options;
  private Execution session;

  StageBench(FleetSource source, String... artifacts) {
    this.source = source;
    List<Artifact> definitions = new ArrayList<>();
    for (String yaml : artifacts) {
      definitions.add(Artifact.parse(yaml));
    }
    this.stage = new FleetStage(source, definitions);
    TestContext test = (TestContext) stage.mocks();
    this.options =
        QueryOptions.defaults()
            .withLog(line -> log.add(line.text()))
            .withService(
                Accessors.class,
                new StandardAccessors(FileRoots.anywhere(Path.of("").toAbsolutePath())))
            .withService(Mocks.class, test)
            .withService(TestContext.class, test);
    this.session = stage.engine().session(stage.options(options));
  }

  /** Ends the scope and begins another. */
  void restart() {
    session.close();
    session = stage.engine().session(stage.options(options));
  }

  /** The rows as JSON, one a line. */
  String rows(String program) {
    StringBuilder out = new StringBuilder();
    session.run(
        stage.engine().compile(program),
        row -> {
          out.append(Json.text(session.scope(), row)).append('\n');
          return true;
        });
    return out.toString().stripTrailing();
  }

  /** The value of an expression as JSON. */
  String value(String expression) {
    String row = rows("SELECT " + expression + " AS V FROM scope()");
    return row.substring("{\"V\":".length(), row.length() - 1);
  }

  @Override
  public void close() {
    session.close();
    stage.close();
    source.close();
  }
}
