package org.minivql.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.QueryOptions;
import org.minivql.RowHandler;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.format.JsonReader;
import org.minivql.value.Dict;

/** A hundred rules over lines of JSON against a loop written by hand, in the same run. */
@Tag("soak")
class SigmaSpeedTest {
  private static final int EVENTS = 200_000;
  private static final int RULES = 100;
  private static final int ROUNDS = 8;
  private static final double MOST = 3;

  @TempDir private Path folder;

  @Test
  void rulesKeepUpWithALoop() throws IOException, FormatException {
    Path file = folder.resolve("events.jsonl");
    write(file);
    double rules = Double.MAX_VALUE;
    double loop = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      long found = rules(file);
      long middle = System.nanoTime();
      assertThat(found).isEqualTo(loop(file)).isPositive();
      rules = Math.min(rules, middle - start);
      loop = Math.min(loop, System.nanoTime() - middle);
    }
    assertThat(rules / loop)
        .as("%.0f events a second", EVENTS / (rules / 1e9))
        .isLessThanOrEqualTo(MOST);
  }

  private static String image(int rule) {
    return "\\prog" + rule + ".exe";
  }

  private static void write(Path file) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < EVENTS; i++) {
        Dict data =
            Dict.of(
                "ProcessId",
                (long) random.nextInt(9000),
                "Image",
                "C:\\Windows" + image(random.nextInt(20 * RULES)),
                "CommandLine",
                "run -k part" + random.nextInt(50) + " --quiet",
                "User",
                "NT AUTHORITY\\SYSTEM");
        Dict system = Dict.of("EventID", Dict.of("Value", 1L), "EventRecordID", (long) i);
        out.write(Json.text(Dict.of("System", system, "EventData", data, "Message", "")));
        out.write('\n');
      }
    }
  }

  private long rules(Path file) {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < RULES; i++) {
      rules
          .append(
              SigmaBench.rule(
                  "R" + i,
                  "s: {Image|endswith: '"
                      + image(i)
                      + "', CommandLine|contains: ['part7 ', 'other']}\n"
                      + "f: {User: nobody}\ncondition: s and not f"))
          .append("---\n");
    }
    QueryOptions options =
        QueryOptions.defaults()
            .withEnv(Map.of("R", rules.toString(), "F", file.toString()))
            .withService(
                Accessors.class, new StandardAccessors(FileRoots.below(List.of(folder), folder)));
    RowHandler count = row -> true;
    return Vql.builder()
        .build()
        .compile(
            "SELECT _Rule FROM sigma(rules=R, log_sources=sigma_log_sources(`*/windows/*`={ SELECT"
                + " * FROM parse_evtx(filename=F) }), field_mapping=dict("
                + "Image='x=>x.EventData.Image', CommandLine='x=>x.EventData.CommandLine',"
                + " User='x=>x.EventData.User'))")
        .run(options, count)
        .rows();
  }

  private static long loop(Path file) throws IOException, FormatException {
    long found = 0;
    String[] images = new String[RULES];
    for (int i = 0; i < RULES; i++) {
      images[i] = image(i);
    }
    try (JsonReader reader =
        Json.reader(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      Object event;
      while ((event = reader.next()) != JsonReader.END) {
        Dict data = (Dict) ((Dict) event).get("EventData");
        String image = ((String) data.get("Image")).toLowerCase(Locale.ROOT);
        String line = ((String) data.get("CommandLine")).toLowerCase(Locale.ROOT);
        for (String wanted : images) {
          if (image.endsWith(wanted)
              && (line.contains("part7 ") || line.contains("other"))
              && !"nobody".equals(data.get("User"))) {
            found++;
          }
        }
      }
    }
    return found;
  }
}
