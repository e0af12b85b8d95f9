package org.minivql.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.minivql.Program;
import org.minivql.QueryOptions;

/** Reads the file of events once, in a process of its own, and prints its peak memory in bytes. */
public final class Memory {
  private Memory() {}

  /** Takes the query's program as its argument. */
  public static void main(String[] arguments) throws IOException {
    Program program = EventFile.engine().compile(arguments[0]);
    program.run(QueryOptions.defaults(), row -> true);
    System.out.println(peak());
  }

  private static long peak() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        }
      }
    }
    return Runtime.getRuntime().maxMemory();
  }
}
