package org.minivql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.minivql.spi.HostCatalog;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.HostValues;
import org.minivql.value.Members;
import org.minivql.value.Sink;
import org.minivql.value.Timestamp;

class HostValuesTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  record Host(String name, int cores, Instant seen, List<String> labels) {}

  /** A bean. */
  public static final class Alert {
    private final String title;

    Alert(String title) {
      this.title = title;
    }

    /** Its title. */
    public String getTitle() {
      return title;
    }

    /** Whether it is over. */
    public boolean isClosed() {
      return false;
    }

    /** No property: it takes something. */
    public String getPart(int from) {
      return title.substring(from);
    }
  }

  /** Holds itself. */
  public static final class Loop {
    /** Itself. */
    public Loop getSelf() {
      return this;
    }
  }

  static final class Own {
    private Own() {}

    @VqlFunction(name = "host", doc = "A host.")
    static Object host() {
      return new Host("one", 2, TIME, List.of("A"));
    }

    @VqlPlugin(name = "alerts", doc = "Alerts.")
    static void alerts(Sink out) {
      out.row(new Alert("first"));
      out.row(Map.of("title", "second"));
    }
  }

  @Test
  void plainValues() {
    assertThat(HostValues.toVql(null)).isNull();
    assertThat(HostValues.toVql(7)).isEqualTo(7L);
    assertThat(HostValues.toVql((short) 7)).isEqualTo(7L);
    assertThat(HostValues.toVql(new AtomicLong(7))).isEqualTo(7L);
    assertThat(HostValues.toVql(1.5f)).isEqualTo(1.5);
    assertThat(HostValues.toVql(new BigDecimal("1.5"))).isEqualTo(1.5);
    assertThat(HostValues.toVql(BigInteger.TEN)).isEqualTo(10L);
    assertThat(HostValues.toVql(BigInteger.TEN.pow(20))).isEqualTo(1e20);
    assertThat(HostValues.toVql('c')).isEqualTo("c");
    assertThat(HostValues.toVql(Thread.State.NEW)).isEqualTo("NEW");
    assertThat(HostValues.toVql(new StringBuilder("a"))).isEqualTo("a");
    assertThat(HostValues.toVql("é".getBytes(StandardCharsets.UTF_8))).isEqualTo("é");
    assertThat(HostValues.toVql(URI.create("a:b"))).isEqualTo("a:b");
    assertThat(HostValues.toVql(LocalDate.of(2026, 1, 2))).isEqualTo("2026-01-02");
    assertThat(HostValues.toVql(Duration.ofSeconds(90))).isEqualTo("PT1M30S");
  }

  @Test
  void times() {
    Timestamp time = Timestamp.utc(TIME);
    assertThat(HostValues.toVql(TIME)).isEqualTo(time);
    assertThat(HostValues.toVql(Date.from(TIME))).isEqualTo(time);
    assertThat(
            ((Timestamp) HostValues.toVql(OffsetDateTime.parse("2026-01-02T05:04:05+02:00")))
                .instant())
        .isEqualTo(TIME);
  }

  @Test
  void whatHoldsOthers() {
    assertThat(HostValues.toVql(new int[] {1, 2})).isEqualTo(List.of(1L, 2L));
    assertThat(HostValues.toVql(new Object[] {1, "a"})).isEqualTo(List.of(1L, "a"));
    assertThat(HostValues.toVql(Optional.of(1))).isEqualTo(1L);
    assertThat(HostValues.toVql(Optional.empty())).isNull();
    assertThat(HostValues.toVql(Map.of("a", List.of(1)))).isEqualTo(Dict.of("a", List.of(1L)));
    assertThat(HostValues.toVql(new Host("one", 2, TIME, List.of("A"))))
        .isEqualTo(
            Dict.of(
                "name", "one", "cores", 2L, "seen", Timestamp.utc(TIME), "labels", List.of("A")));
    assertThat(HostValues.beans(new Alert("x"))).isEqualTo(Dict.of("closed", false, "title", "x"));
    assertThat(HostValues.beans(List.of(new Alert("x"))))
        .isEqualTo(List.of(Dict.of("closed", false, "title", "x")));
  }

  @Test
  void vqlValuesStay() {
    Dict dict = Dict.of("a", 1L);
    assertThat(HostValues.toVql(dict)).isSameAs(dict);
    Object opaque = new Object();
    assertThat(HostValues.toVql(opaque)).isSameAs(opaque);
    Alert bean = new Alert("kept to itself");
    assertThat(HostValues.toVql(bean)).isSameAs(bean);
    Members members =
        new Members() {
          @Override
          public Object member(String name) {
            return name;
          }

          @Override
          public List<String> memberNames() {
            return List.of("a");
          }
        };
    assertThat(HostValues.toVql(members)).isSameAs(members);
  }

  @Test
  void whatHoldsItselfIsRefused() {
    assertThatThrownBy(() -> HostValues.beans(new Loop()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds itself");
  }

  @Test
  void variablesResultsAndRowsAreMapped() {
    Vql vql = Vql.builder().catalog(HostCatalog.create().declarations(Own.class)).build();
    List<Object> rows = new ArrayList<>();
    vql.compile(
            "SELECT title, Given.title AS G, host().name AS N, host().labels[0] AS L, Seen.Year AS Y"
                + " FROM alerts()")
        .run(
            QueryOptions.defaults()
                .withEnv(Map.of("Given", HostValues.beans(new Alert("env")), "Seen", TIME)),
            rows::add);
    assertThat(rows)
        .containsExactly(
            Dict.of("title", "first", "G", "env", "N", "one", "L", "A", "Y", 2026L),
            Dict.of("title", "second", "G", "env", "N", "one", "L", "A", "Y", 2026L));
  }
}
