package org.minivql.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.minivql.QueryOptions;
import org.minivql.RunResult;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.artifact.Repository;
import org.minivql.format.Json;
import org.minivql.spi.Effects;
import org.minivql.spi.MailSender;
import org.minivql.spi.Uploads;
import org.minivql.testing.Reliability;
import org.minivql.value.Limit;

/**
 * Programs that try to get at what they were not given. What one could do if it were allowed is
 * tried as well, so that none of them proves its point by a mistake of its own.
 */
@Timeout(60)
class EscapesTest {
  private static final long MOST_TEXT = 150 << 20;
  private static final long MOST_MEMORY = 64 << 20;
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** What a program tries. */
  enum Kind {
    /** To read what lies outside the roots. */
    READS,
    /** To change the world without permission. */
    EFFECTS,
    /** To do what not even a trusted program can. */
    CONTAINED,
    /** To use up the machine. */
    BOMB
  }

  record Escape(Kind kind, String name, String program) {
    @Override
    public String toString() {
      return kind + ": " + name;
    }
  }

  @TempDir Path folder;

  static Stream<Escape> escapes() throws IOException {
    try (InputStream in = EscapesTest.class.getResourceAsStream("escapes.vql")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.split("(?m)^-- ")).filter(t -> !t.isBlank()).map(EscapesTest::escape);
    }
  }

  private static Escape escape(String text) {
    int colon = text.indexOf(": ");
    int end = text.indexOf('\n');
    return new Escape(
        Kind.valueOf(text.substring(0, colon).toUpperCase(Locale.ROOT)),
        text.substring(colon + 2, end),
        text.substring(end + 1).strip());
  }

  /** Runs a program; gives all that it says. */
  private static String run(Trap trap, Escape escape, FileRoots roots, Effects effects)
      throws IOException, NoSuchAlgorithmException {
    Vql engine =
        Vql.builder()
            .service(Accessors.class, new StandardAccessors(roots))
            .service(Effects.class, effects)
            .service(Uploads.class, trap.uploads())
            .service(MailSender.class, trap.mails())
            .service(Repository.class, Repository.standard())
            .build();
    StringBuffer said = new StringBuffer();
    QueryOptions options =
        QueryOptions.defaults()
            .withEnv(trap.env())
            .withTimeout(escape.kind() == Kind.BOMB ? SHORT : LONG)
            .withLimit(Limit.MEMORY, MOST_MEMORY)
            .withLimit(Limit.BYTES, MOST_MEMORY)
            .withMemoryBudget(MOST_MEMORY / 4)
            .withLog(line -> said.append(line.text()).append('\n'));
    RunResult result =
        engine
            .compile(escape.program())
            .run(options, row -> said.append(Json.text(row)).append('\n').length() < MOST_TEXT);
    assertThat(said.length()).isLessThan((int) MOST_TEXT);
    assertThat(result.cancelled()).isFalse();
    return said.toString();
  }

  @ParameterizedTest
  @MethodSource("escapes")
  void staysInside(Escape escape) throws IOException, SQLException, NoSuchAlgorithmException {
    try (Trap trap = new Trap(folder, escape.program())) {
      FileRoots roots = FileRoots.below(List.of(trap.root), null);
      switch (escape.kind()) {
        case READS -> {
          String said = run(trap, escape, roots, Effects.none());
          assertThat(Trap.tells(said)).as(said).isFalse();
          String allowed = run(trap, escape, FileRoots.anywhere(null), Effects.allowAll());
          assertThat(Trap.tells(allowed)).as("what it reads where it may: " + allowed).isTrue();
        }
        case EFFECTS -> {
          String said = run(trap, escape, roots, Effects.none());
          assertThat(trap.touched()).as(said).isFalse();
          String allowed = run(trap, escape, FileRoots.anywhere(null), Effects.allowAll());
          assertThat(trap.touched()).as("what it does where it may: " + allowed).isTrue();
        }
        case CONTAINED -> {
          String said = run(trap, escape, FileRoots.anywhere(null), Effects.allowAll());
          assertThat(Trap.tells(said)).as(said).isFalse();
          assertThat(trap.touchedBeyondOut()).as(said).isFalse();
        }
        case BOMB -> {
          String said = run(trap, escape, roots, Effects.allowAll());
          assertThat(Trap.tellsWords(said)).as(said).isFalse();
          assertThat(trap.touchedBeyondOut()).as(said).isFalse();
        }
      }
    }
  }

  @AfterAll
  static void tell() throws IOException {
    Reliability.record(
        "Isolation: programs that try to get at what they were not given",
        escapes().count() + " programs",
        "none got it; where it is allowed, "
            + escapes().filter(EscapesTest::isProved).count()
            + " of them do");
  }

  /** Whether it is shown to work where it is allowed. */
  private static boolean isProved(Escape escape) {
    return escape.kind() == Kind.READS || escape.kind() == Kind.EFFECTS;
  }

  @Test
  void manyWaysAreTried() throws IOException {
    assertThat(escapes().map(Escape::toString)).doesNotHaveDuplicates();
    assertThat(escapes().count()).isGreaterThanOrEqualTo(60);
    for (Kind kind : Kind.values()) {
      assertThat(escapes().filter(e -> e.kind() == kind).count()).as(kind.name()).isPositive();
    }
  }
}
