package org.minivql.plan;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.minivql.Execution;
import org.minivql.LogLine;
import org.minivql.QueryOptions;
import org.minivql.RunResult;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.OSPath;
import org.minivql.registry.ServerModel;
import org.minivql.registry.TestClock;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Principal;
import org.minivql.testing.MadeFiles;
import org.minivql.value.Dict;
import org.minivql.value.Limit;
import org.minivql.value.Scope;

/** Runs one program in a small JVM and prints how many rows there were and the last of them. */
public final class LargeInputs {
  private LargeInputs() {}

  /** Takes the program. */
  public static void main(String[] arguments) {
    ServerModel model = ServerModel.builder(new TestClock()).build();
    for (int i = 0; i < 10_000; i++) {
      model.clients().load(ClientRecord.of(client(i)));
    }
    Vql engine =
        Vql.builder()
            .service(Accessors.class, new Made())
            .service(ServerModel.class, model)
            .service(Principal.class, Principal.superuser())
            .build();
    long[] count = new long[1];
    Dict[] last = new Dict[1];
    QueryOptions options =
        QueryOptions.defaults().withoutLimit(Limit.TIME).withLog(LargeInputs::tellProblems);
    try (Execution execution = engine.compile(arguments[0]).start(options)) {
      RunResult result =
          execution.run(
              row -> {
                last[0] = row;
                return ++count[0] > 0;
              });
      System.out.print(
          count[0] + " " + last[0] + (result.limit() == null ? "" : " " + result.limit().id()));
    }
  }

  private static void tellProblems(LogLine line) {
    if (line.text().contains(": error at ")) {
      System.out.println(line.text());
    }
  }

  static String client(int number) {
    return String.format("C.%016x", number);
  }

  /** An accessor whose files are made up while they are read: two gigabytes of lines. */
  private static final class Made extends MadeFiles {
    @Override
    public InputStream open(Scope scope, OSPath path) {
      return path.basename().equals("broken") ? new Broken() : new Lines();
    }
  }

  /** Lines of about 256 bytes. */
  private static class Lines extends InputStream {
    private static final long BYTES = 2L << 30;
    private static final String FILL = "x".repeat(220);

    private byte[] line = {};
    private int at;
    private long made;
    private long number;

    /** A line by its number, which counts from 1; null after the last. */
    String line(long number) {
      return made >= BYTES ? null : "{\"N\":" + (number - 1) + ",\"T\":\"" + FILL + "\"}\n";
    }

    private boolean more() {
      if (at < line.length) {
        return true;
      }
      String next = line(++number);
      if (next == null) {
        return false;
      }
      line = next.getBytes(StandardCharsets.UTF_8);
      made += line.length;
      at = 0;
      return true;
    }

    @Override
    public int read() {
      return more() ? line[at++] : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (length == 0 || !more()) {
        return length == 0 ? 0 : -1;
      }
      int n = Math.min(length, line.length - at);
      System.arraycopy(line, at, target, offset, n);
      at += n;
      return n;
    }
  }

  /** Seven million lines, of which the last is not JSON. */
  private static final class Broken extends Lines {
    private static final long LINES = 7_000_000;

    @Override
    String line(long number) {
      return number > LINES ? null : number == LINES ? "{\"N\":" : "{\"N\":" + number + "}\n";
    }
  }
}
