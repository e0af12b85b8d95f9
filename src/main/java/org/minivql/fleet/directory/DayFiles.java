package org.minivql.fleet.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.minivql.fleet.layout.FlowTimes;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/** Files of events, one for each day; only that of the latest event is open. */
public final class DayFiles implements AutoCloseable {
  private static final int DAY = 10;

  private final Path folder;
  private String day = "";
  private Writer out = Writer.nullWriter();

  public DayFiles(Path folder) {
    this.folder = folder;
  }

  public void add(Dict row) {
    try {
      String next = Instant.ofEpochMilli(FlowTimes.number(row, "_ts")).toString();
      if (!next.startsWith(day) || day.isEmpty()) {
        out.close();
        day = next.substring(0, DAY);
        Files.createDirectories(folder);
        out =
            Files.newBufferedWriter(
                folder.resolve(day + ".jsonl"),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
      }
      out.append(Json.text(row)).append('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
