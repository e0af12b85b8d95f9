package org.minivql.fleet.expect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.minivql.fleet.directory.FleetDirectory;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.source.FleetException;

/**
 * Runs the tests below a folder: fleets with expectations and pairs of golden files.
 *
 * @since 0.1.0
 */
public final class FleetTests {
  private static final String IN = ".in.yaml";

  private FleetTests() {}

  /**
   * Runs all tests below some paths.
   *
   * @param paths folders or files
   * @param update whether expectations that do not hold are rewritten
   * @param out is told about each test when it is done
   * @throws FleetException where a path does not exist
   */
  public static void run(List<Path> paths, boolean update, Consumer<TestResult> out) {
    run(paths, "", update, out);
  }

  /**
   * The same, where encrypted archives that fleets import are opened with a password.
   *
   * @param password empty for none
   */
  public static void run(
      List<Path> paths, String password, boolean update, Consumer<TestResult> out) {
    for (Path path : paths) {
      for (Path test : find(path)) {
        out.accept(
            Files.isDirectory(test)
                ? new FleetCase(test, password, update).run()
                : new GoldenCase(test, update).run());
      }
    }
  }

  /**
   * The tests below a path, by name: folders of fleets that expect something and {@code .in.yaml}
   * files.
   */
  public static List<Path> find(Path path) {
    if (!Files.exists(path)) {
      throw FleetException.in(path.toString(), "there is no such file or folder");
    }
    List<Path> tests = new ArrayList<>();
    try (Stream<Path> all = Files.walk(path)) {
      all.filter(FleetTests::isTest).sorted().forEach(tests::add);
    } catch (IOException e) {
      throw FleetException.in(path.toString(), JsonLines.reason(e));
    }
    return tests;
  }

  private static boolean isTest(Path path) {
    if (Files.isDirectory(path)) {
      return FleetDirectory.isFleet(path)
          && (Files.isDirectory(path.resolve("expect"))
              || Files.isDirectory(path.resolve("programs"))
              || Files.isRegularFile(path.resolve("plan.json")));
    }
    return path.getFileName().toString().endsWith(IN);
  }

  /** A report of test results in the format that build servers read. */
  public static String junit(List<TestResult> results) {
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    long failed = results.stream().filter(result -> !result.passed()).count();
    out.append("<testsuite name=\"vql test\" tests=\"").append(results.size());
    out.append("\" failures=\"").append(failed).append("\" errors=\"0\">\n");
    for (TestResult result : results) {
      out.append("  <testcase classname=\"vql\" name=\"").append(escaped(result.name()));
      if (result.passed()) {
        out.append("\"/>\n");
      } else {
        out.append("\">\n    <failure>");
        out.append(escaped(String.join("\n", result.failures()))).append("</failure>\n");
        out.append("  </testcase>\n");
      }
    }
    return out.append("</testsuite>\n").toString();
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        default -> out.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
      }
    }
    return out.toString();
  }
}
