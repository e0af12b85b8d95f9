package org.minivql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.value.Dict;

/** Ten million rows in a small heap. */
@Tag("soak")
class LargeQueriesTest {
  /** Runs one program in a small JVM and prints how many rows there were and the last of them. */
  public static final class Main {
    private Main() {}

    /** Takes the program. */
    public static void main(String[] arguments) {
      long[] count = new long[1];
      Dict[] last = new Dict[1];
      Vql.builder()
          .build()
          .compile(arguments[0])
          .run(
              QueryOptions.defaults(),
              row -> {
                last[0] = row;
                return ++count[0] > 0;
              });
      System.out.print(count[0] + " " + last[0]);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 0 - _value AS N, 'text' AS T FROM range(end=10000000) ORDER BY N"
            + "|10000000 {N=0, T=text}",
        "SELECT _value AS N FROM range(end=10000000) ORDER BY N DESC|10000000 {N=0}",
        "SELECT format(format='%v', args=_value) AS K, count() AS C"
            + " FROM foreach(row={SELECT * FROM range(end=10)},"
            + " query={SELECT * FROM range(end=1000000)}) GROUP BY K"
            + "|1000000 {K=999999, C=10}",
        "LET X <= SELECT _value AS N, 'text' AS T FROM range(end=10000000)"
            + " SELECT C, X[9999999].N AS Last FROM foreach(row={"
            + "SELECT count() AS C FROM X}) WHERE C = 10000000"
            + "|1 {C=10000000, Last=9999999}",
        "SELECT * FROM foreach(row={SELECT * FROM range(end=10000000)}, workers=4,"
            + " query={SELECT _value * 0 AS Z FROM scope()})|10000000 {Z=0}"
      })
  void isCorrectInASmallHeap(String program, String expected)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(Main.class.getName(), program));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] output = process.getInputStream().readAllBytes();
    assertThat(new String(output, StandardCharsets.UTF_8)).isEqualTo(expected);
    assertThat(process.waitFor()).isZero();
  }
}
