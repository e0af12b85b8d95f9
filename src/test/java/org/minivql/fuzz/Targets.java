package org.minivql.fuzz;

import com.google.re2j.PatternSyntaxException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.minivql.QueryOptions;
import org.minivql.RunResult;
import org.minivql.Vql;
import org.minivql.VqlSyntaxException;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.artifact.Artifact;
import org.minivql.artifact.ArtifactException;
import org.minivql.fleet.FleetCheck;
import org.minivql.fleet.Fleets;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;
import org.minivql.format.Json;
import org.minivql.format.evtx.Evtx;
import org.minivql.format.evtx.LogBuilder;
import org.minivql.format.evtx.NotAnEventLogException;
import org.minivql.runtime.TextSearch;
import org.minivql.syntax.Parser;
import org.minivql.syntax.SyntaxException;
import org.minivql.syntax.tree.Program;
import org.minivql.testing.Examples;
import org.minivql.testing.Gens;
import org.minivql.value.Limit;
import org.minivql.value.regex.Regexes;

/** What is fuzzed. */
enum Targets {
  /** Any text is a program, which stays itself when it is written and read, or an error. */
  PARSER(
      List.of(
          "SELECT ", "FROM ", "LET x <= ", "{", "}", "=>", "`", "/*", "--", " AND NOT ", "0x")) {
    @Override
    Object run(byte[] input) {
      try {
        Program program = Parser.parse(text(input));
        String canonical = Gens.canonical(program.statements());
        String again = Gens.canonical(Parser.parse(canonical).statements());
        if (!again.equals(canonical)) {
          throw new AssertionError(canonical + " became " + again);
        }
        return List.of(program.statements().size(), canonical.length() / 16);
      } catch (SyntaxException e) {
        return e.errors().stream().map(error -> shape(error.message())).limit(3).toList();
      }
    }
  },

  /** Any program runs to its end, or to a limit. */
  EVALUATOR(
      List.of(
          "dict(a=1)",
          "NULL",
          "X",
          "-1",
          "9223372036854775807",
          "[1,'a']",
          "{SELECT 1 AS A FROM scope()}",
          "foreach(",
          "parse_json(data=",
          "'x=>x'")) {
    @Override
    Object run(byte[] input) {
      Set<String> said = new TreeSet<>();
      QueryOptions options =
          QueryOptions.defaults()
              .withTimeout(Duration.ofSeconds(2))
              .withMaxRows(200)
              .withLimit(Limit.SCANNED, 20_000)
              .withLimit(Limit.MEMORY, 16 << 20)
              .withLimit(Limit.THREADS, 8)
              .withEnv(Map.of("X", List.of(1L, "two", Map.of("a", 3.5))))
              .withLog(
                  line -> {
                    synchronized (said) {
                      said.add(shape(line.text()));
                    }
                  });
      try {
        RunResult result =
            Engine.ONE
                .compile(text(input))
                .run(options, row -> Json.text(row).length() < 10_000_000);
        if (said.stream().anyMatch(line -> line.startsWith("ERROR:PANIC"))) {
          throw new AssertionError(said.toString());
        }
        return List.of(said, Math.min(3, result.rows()), String.valueOf(result.limit() == null));
      } catch (VqlSyntaxException e) {
        return "syntax";
      }
    }

    @Override
    List<byte[]> corpus() throws Exception {
      List<byte[]> programs = super.corpus();
      for (Examples.Example example : Examples.all()) {
        programs.add(example.program().getBytes(StandardCharsets.UTF_8));
      }
      try (Stream<Path> files =
          Files.list(Path.of(System.getProperty("basedir", "."), "queries"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".vql")).sorted().toList()) {
          programs.add(Files.readAllBytes(file));
        }
      }
      return programs;
    }
  },

  /** Any text is a definition of an artifact or an error with a place. */
  ARTIFACT(
      List.of(
          "name: ",
          "type: SERVER_EVENT\n",
          "sources:\n",
          "- query: |\n",
          "&a ",
          "*a",
          "!!str ",
          "---\n",
          "[",
          "? ",
          "<<: ")) {
    @Override
    Object run(byte[] input) {
      try {
        Artifact artifact = Artifact.parse(text(input));
        return List.of(artifact.type(), artifact.sources().size());
      } catch (ArtifactException e) {
        return shape(e.getMessage());
      }
    }
  },

  /** Any lines are clients of a fleet or an error with a place. */
  FLEET(
      List.of(
          "{\"client_id\": \"C.1\"}",
          "\"labels\": [\"a\"]",
          "\"hostname\": ",
          "null",
          "1e999",
          "\\u0000",
          "\n")) {
    @Override
    Object run(byte[] input) throws IOException {
      Path folder = Files.createTempDirectory("fleet");
      try {
        Files.writeString(folder.resolve("fleet.yaml"), "clock_start: 2026-01-01T00:00:00Z\n");
        Files.write(folder.resolve("clients.jsonl"), input);
        try (FleetSource fleet = Fleets.open(folder)) {
          return FleetCheck.of(fleet).stream().map(Targets::shape).distinct().limit(3).toList();
        }
      } catch (FleetException e) {
        return shape(e.getMessage());
      } finally {
        Files.deleteIfExists(folder.resolve("fleet.yaml"));
        Files.deleteIfExists(folder.resolve("clients.jsonl"));
        Files.deleteIfExists(folder);
      }
    }
  },

  /** Any bytes are an event log, with what was skipped, or none. */
  EVTX(List.of("ElfFile\0", "ElfChnk\0", "**\0\0")) {
    @Override
    Object run(byte[] input) throws IOException {
      List<Object> happened = new ArrayList<>();
      try {
        Evtx.read(
            new ByteArrayInputStream(input),
            record -> happened.size() < 1000 && happened.add(record.xml().length() / 64),
            (offset, message) -> happened.add(shape(message)));
      } catch (NotAnEventLogException e) {
        happened.add("none");
      }
      return happened;
    }

    @Override
    List<byte[]> corpus() {
      List<byte[]> logs = new ArrayList<>();
      for (String[] texts : new String[][] {{"one"}, {"first", "second", "third"}, {}}) {
        byte[] log = new LogBuilder().chunk(texts).bytes();
        // Marked as open, so that the checksums do not keep the mutations out.
        log[120] |= 1;
        logs.add(log);
        logs.add(Arrays.copyOf(log, 4096 + 2048));
      }
      return logs;
    }
  },

  /** Any first line is a regular expression for the rest, or an error. */
  REGEX(
      List.of(
          "(?i)",
          "(?P<a>",
          "{2,5}",
          "{999}",
          "[[:alpha:]]",
          "\\pL",
          "\\b",
          ".*",
          "(a|b)*",
          "[^\\d]")) {
    @Override
    Object run(byte[] input) {
      String text = text(input);
      int end = text.indexOf('\n');
      String regex = end < 0 ? text : text.substring(0, end);
      String subject = end < 0 ? text : text.substring(end + 1);
      try {
        boolean found = Regexes.compile("(?i)" + regex).matcher(subject).find();
        TextSearch.compile(regex);
        return List.of(found, regex.length() / 8);
      } catch (PatternSyntaxException e) {
        return e.getDescription();
      }
    }
  };

  private final List<String> words;

  Targets(List<String> words) {
    this.words = words;
  }

  /** Takes an input; what is thrown is a failure. */
  abstract Object run(byte[] input) throws Exception;

  List<String> words() {
    return words;
  }

  /** The inputs to begin with. */
  List<byte[]> corpus() throws Exception {
    Path folder = Path.of(Targets.class.getResource(name().toLowerCase(Locale.ROOT)).toURI());
    List<byte[]> corpus = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        corpus.add(Files.readAllBytes(file));
      }
    }
    return corpus;
  }

  /** Made when it is first needed: that takes longer than most inputs. */
  private static final class Engine {
    private static final Vql ONE =
        Vql.builder().service(Accessors.class, new StandardAccessors(FileRoots.none())).build();
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  /** A message without what differs each time. */
  private static String shape(String message) {
    String shape = message.replaceAll("\\d+", "0").replaceAll("[\"'`][^\"'`]*[\"'`]", "_");
    return shape.length() > 60 ? shape.substring(0, 60) : shape;
  }
}
