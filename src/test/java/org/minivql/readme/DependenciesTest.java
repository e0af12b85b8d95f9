package org.minivql.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The product is small, and says which library a part needs that was left out. */
class DependenciesTest {
  private static final long LARGEST = 6_000_000;

  /** What the required libraries of the build bring along themselves. */
  private static final Set<String> BROUGHT_ALONG = Set.of("snakeyaml");

  private static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }

  private static Path jar(String artifact) {
    return classPath().stream()
        .filter(path -> path.getFileName().toString().matches(artifact + "-[0-9][^/]*\\.jar"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(artifact + " is not on the class path"));
  }

  /** The artifacts that the build declares as required at run time. */
  private static Set<String> required() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String dependencies =
        pom.substring(pom.lastIndexOf("</dependencyManagement>"), pom.indexOf("<build>"));
    Set<String> required = new TreeSet<>();
    Matcher one = Pattern.compile("(?s)<dependency>(.*?)</dependency>").matcher(dependencies);
    while (one.find()) {
      String text = one.group(1);
      if (!text.contains("<optional>true") && !text.contains("<scope>test")) {
        Matcher artifact = Pattern.compile("<artifactId>(.*?)</artifactId>").matcher(text);
        if (artifact.find()) {
          required.add(artifact.group(1));
        }
      }
    }
    return required;
  }

  private static Path classes() {
    return classPath().stream()
        .filter(path -> Files.isRegularFile(path.resolve("org/minivql/Vql.class")))
        .findFirst()
        .orElseThrow();
  }

  private static long packed(Path folder) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (!name.startsWith("org/minivql/processor/")) {
          zip.putNextEntry(new ZipEntry(name));
          zip.write(Files.readAllBytes(file));
          zip.closeEntry();
        }
      }
    }
    return out.size();
  }

  @Test
  void theCoreIsSmall() throws IOException {
    Set<String> artifacts = required();
    assertThat(artifacts).contains("re2j", "antlr4-runtime").doesNotContain("sqlite-jdbc");
    artifacts.addAll(BROUGHT_ALONG);
    long size = packed(classes());
    List<String> sizes = new ArrayList<>(List.of("minivql " + size));
    for (String artifact : artifacts) {
      long one = Files.size(jar(artifact));
      sizes.add(artifact + " " + one);
      size += one;
    }
    System.out.printf("core: %d bytes %s%n", size, sizes);
    assertThat(size).as("%s", sizes).isLessThan(LARGEST);
  }

  @Test
  void theCoreRunsWithoutWhatIsOptional() throws IOException, InterruptedException {
    Set<String> artifacts = required();
    artifacts.addAll(BROUGHT_ALONG);
    List<Path> path = new ArrayList<>(List.of(classes()));
    artifacts.forEach(artifact -> path.add(jar(artifact)));
    assertThat(
            main(
                path,
                "query",
                "--format",
                "jsonl",
                "SELECT serialize(item=parse_yaml(accessor='data', filename='a: [1, x]'),"
                    + " format='yaml') AS A, serialize(item=dict(b=1), format='csv') AS B,"
                    + " parse_json(data='{}') AS C FROM scope()"))
        .contains("\"A\":\"a:\\n- 1\\n- x\\n\"")
        .contains("\"C\":{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sqlite-jdbc | org.xerial:sqlite-jdbc | query | SELECT * FROM sqlite(file='SQLite format 3', accessor='data', query='SELECT 1')",
        "dd-plist | com.googlecode.plist:dd-plist | query | SELECT plist(file='<plist/>', accessor='data') FROM scope()",
        "maxmind-db | com.maxmind.db:maxmind-db | query | SELECT geoip(ip='1.2.3.4', db='pom.xml') FROM scope()",
        "json-schema-validator | com.networknt:json-schema-validator | query | SELECT parse_json(data='{}', schema='{}') FROM scope()",
        "commons-compress | org.apache.commons:commons-compress | query | SELECT read_file(accessor='bzip2', filename=pathspec(DelegateAccessor='data', DelegatePath='BZh9')) FROM scope()",
        "h2-mvstore | com.h2database:h2-mvstore | store show | target/no-such-store",
        "jline | org.jline:jline | repl | --no-such-option"
      })
  void aMissingLibraryIsNamed(String artifact, String named, String command, String argument)
      throws IOException, InterruptedException {
    Path left = jar(artifact);
    List<Path> path = classPath().stream().filter(one -> !one.equals(left)).toList();
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    if (!argument.startsWith("--")) {
      words.add(argument);
    }
    assertThat(main(path, words.toArray(new String[0]))).contains(named);
  }

  @Test
  void librariesThatLogAreSilent() throws IOException, InterruptedException {
    String query =
        "SELECT * FROM sqlite(file='SQLite format 3', accessor='data', query='SELECT 1')";
    assertThat(main(classPath(), "query", query)).contains("sql: ").doesNotContain("SLF4J");
    Path left = jar("slf4j-nop");
    List<Path> path = classPath().stream().filter(one -> !one.equals(left)).toList();
    assertThat(main(path, "query", query)).as("without what silences them").contains("SLF4J");
  }

  /** What one command line writes in a process with this class path. */
  private static String main(List<Path> path, String... words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "org.minivql.cli.Main"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }
}
