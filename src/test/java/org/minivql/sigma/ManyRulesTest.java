package org.minivql.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.sigma.event.EventView;
import org.minivql.sigma.event.Fields;
import org.minivql.sigma.reader.Host;
import org.minivql.sigma.reader.LocatedYaml;
import org.minivql.sigma.reader.RuleException;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;
import org.minivql.value.Scope;

/** Of thousands of rules an event meets few: the work is counted, not timed. */
class ManyRulesTest {
  private static final int SOURCES = 50;
  private static final int OF_ONE = 2000;
  private static final int OF_OTHERS = 3000;

  private static final class NoHost implements Host {
    @Override
    public Lambda lambda(String text) {
      throw new AssertionError(text);
    }

    @Override
    public List<String> placeholder(String name) {
      return List.of();
    }

    @Override
    public void log(String line) {}

    @Override
    public void problem(String message) {
      throw new AssertionError(message);
    }

    @Override
    public void warn(String quirk, String message) {}
  }

  private static String rule(int number, int source) {
    String image = "\\tool" + number + ".exe";
    String detection =
        switch (number % 4) {
          case 0 -> "s: {Image|endswith: '" + image + "'}\n  condition: s";
          case 1 ->
              "s: {Image|endswith: ['"
                  + image
                  + "'], CommandLine|contains: ' -x"
                  + number
                  + " '}"
                  + "\n  f: {User: SYSTEM}\n  condition: s and not f";
          case 2 ->
              "a: {CommandLine|contains: [' --job"
                  + number
                  + " ', ' --task"
                  + number
                  + " ']}"
                  + "\n  b: {EventID: 1}\n  condition: all of them";
          default -> "s: {CommandLine|re: 'x.*y', Image|contains: '" + image + "'}\n  condition: s";
        };
    return "title: R"
        + number
        + "\nlogsource: {product: windows, service: s"
        + source
        + "}\ndetection:\n  "
        + detection
        + "\n";
  }

  private static Dict event(int number) {
    return Dict.of(
        "EventID",
        1L,
        "Image",
        "C:\\bin\\tool" + number + ".exe",
        "CommandLine",
        "tool -x" + number + " --job" + number + " x y",
        "User",
        "me");
  }

  @Test
  void anEventMeetsFewOfTheRulesOfItsSource() throws RuleException {
    Fields fields = new Fields(Map.of());
    RuleReader reader = new RuleReader(fields, new NoHost(), false);
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < OF_ONE; i++) {
      rules.add(reader.read(LocatedYaml.read(rule(i, 0), 1), "rules"));
    }
    RuleIndex index = new RuleIndex(rules);
    Scope scope = Vql.builder().build().session(QueryOptions.defaults()).scope();
    EventView view = new EventView(scope, fields.size());
    int met = 0;
    for (int i = 0; i < OF_ONE; i++) {
      view.show(event(i));
      assertThat(index.candidates(view).get(i)).isTrue();
      met += index.candidates(view).cardinality();
    }

    assertThat(met).isEqualTo(OF_ONE);
    view.show(Dict.of("EventID", 1L, "Image", "C:\\other.exe", "CommandLine", "other"));
    assertThat(index.candidates(view).isEmpty()).isTrue();
  }

  @Test
  void anEventMeetsOnlyRulesOfItsSource() {
    StringBuilder rules = new StringBuilder();
    StringBuilder sources = new StringBuilder();
    List<Integer> sourceOf = new ArrayList<>();
    for (int i = 0; i < OF_ONE + OF_OTHERS; i++) {
      sourceOf.add(i < OF_ONE ? 0 : 1 + i % (SOURCES - 1));
      rules.append(rule(i, sourceOf.get(i))).append("---\n");
    }
    for (int i = 0; i < SOURCES; i++) {
      sources.append(sources.isEmpty() ? "" : ", ");
      sources.append("`*/windows/s" + i + "`={ SELECT * FROM foreach(row=Events) }");
    }
    SigmaBench bench = new SigmaBench();

    List<Dict> rows =
        bench.query(
            "SELECT _Rule.Title AS T FROM sigma(rules=Rules, log_sources=sigma_log_sources("
                + sources
                + "))",
            Map.of("Rules", rules.toString(), "Events", List.of(event(4), event(OF_ONE + 1))));

    assertThat(rows.stream().map(row -> row.get("T"))).containsExactly("R4", "R" + (OF_ONE + 1));
    List<String> consumed = bench.log().stream().filter(line -> line.contains("Consumed")).toList();
    assertThat(consumed).hasSize(SOURCES);
    assertThat(consumed.get(0)).contains("2 messages from log source */windows/s0 on 2000 rules");
    assertThat(
            IntStream.range(1, SOURCES)
                .mapToObj(consumed::get)
                .mapToInt(line -> Integer.parseInt(line.replaceAll(".* on (\\d+) rules.*", "$1")))
                .sum())
        .isEqualTo(OF_OTHERS);
  }
}
