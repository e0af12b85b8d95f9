package org.minivql.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.format.FormatException;
import org.minivql.format.Json;

/** Tables of rule, event and what is expected, for the server's semantics and the standard's. */
class RuleSemanticsTest {
  private static boolean matches(String search, String event, boolean standard)
      throws FormatException {
    SigmaBench bench = new SigmaBench().with(standard ? ", standard=TRUE" : "");
    String rule = SigmaBench.rule("T", "s:\n" + search.indent(2) + "condition: s");
    int rows = bench.rows(List.of(rule), List.of(Json.parse(event))).size();
    assertThat(bench.remarks()).noneMatch(line -> line.contains("Error parsing"));
    return rows == 1;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "F: abc ! {\"F\":\"abc\"} ! true ! true",
        "F: abc ! {\"F\":\"ABC\"} ! false ! true",
        "F: abc ! {\"F\":\"abcd\"} ! false ! false",
        "F: a* ! {\"F\":\"abc\"} ! false ! true",
        "F: a* ! {\"F\":\"a*\"} ! true ! true",
        "F: a?c ! {\"F\":\"abc\"} ! false ! true",
        "F: a\\*c ! {\"F\":\"a*c\"} ! false ! true",
        "F: c:\\x\\* ! {\"F\":\"C:\\\\x\\\\y\"} ! false ! false",
        "F: c:\\x\\\\* ! {\"F\":\"C:\\\\x\\\\y\"} ! false ! true",
        "F: c:\\\\x ! {\"F\":\"C:\\\\x\"} ! false ! true",
        "F: c:\\x ! {\"F\":\"C:\\\\x\"} ! false ! true",
        "F: \\\\\\\\srv\\a ! {\"F\":\"\\\\\\\\srv\\\\a\"} ! false ! true",
        "F: a\\\\\\*c ! {\"F\":\"a\\\\*c\"} ! false ! true",
        "F: 1 ! {\"F\":1} ! true ! true",
        "F: 1 ! {\"F\":\"1\"} ! true ! true",
        "F: '1' ! {\"F\":1} ! true ! true",
        "F: 1 ! {\"F\":1.0} ! true ! true",
        "F: 1 ! {\"F\":10} ! false ! false",
        "F: true ! {\"F\":true} ! true ! true",
        "F: [a, b] ! {\"F\":\"b\"} ! true ! true",
        "F: [a, b] ! {\"F\":\"c\"} ! false ! false",
        "F|all: [a, b] ! {\"F\":\"a\"} ! false ! false",
        "F|contains|all: [a, b] ! {\"F\":\"xbyaz\"} ! true ! true",
        "F|contains|all: [a, b] ! {\"F\":\"xa\"} ! false ! false",
        "F|contains: BC ! {\"F\":\"abcd\"} ! true ! true",
        "F|startswith: AB ! {\"F\":\"abcd\"} ! true ! true",
        "F|startswith: bc ! {\"F\":\"abcd\"} ! false ! false",
        "F|endswith: CD ! {\"F\":\"abcd\"} ! true ! true",
        "F|endswith: bc ! {\"F\":\"abcd\"} ! false ! false",
        "F|contains: a*d ! {\"F\":\"xabdx\"} ! false ! true",
        "F|contains|cased: BC ! {\"F\":\"abcd\"} ! false ! false",
        "F|cased: ABC ! {\"F\":\"abc\"} ! false ! false",
        "F|re: ^A.c$ ! {\"F\":\"abc\"} ! true ! false",
        "F|re|i: ^A.c$ ! {\"F\":\"abc\"} ! true ! true",
        "F|re|m: ^b$ ! {\"F\":\"a\\nb\"} ! true ! true",
        "F|re: ^b$ ! {\"F\":\"a\\nb\"} ! false ! false",
        "F|re|s: a.b ! {\"F\":\"a\\nb\"} ! true ! true",
        "F|re: a.b ! {\"F\":\"a\\nb\"} ! false ! false",
        "F|re: B ! {\"F\":\"b\"} ! true ! false",
        "F|re|i|m|s: ^B.c$ ! {\"F\":\"a\\nb\\nc\"} ! true ! true",
        "F|re: [x, y] ! {\"F\":\"y\"} ! true ! true",
        "F|re|all: [x, y] ! {\"F\":\"y\"} ! false ! false",
        "F|re: b ! {\"F\":\"abc\"} ! true ! true",
        "F|cidr: 10.1.0.0/16 ! {\"F\":\"10.1.255.3\"} ! true ! true",
        "F|cidr: 10.1.0.0/16 ! {\"F\":\"10.2.0.1\"} ! false ! false",
        "F|cidr: 10.1.0.0/16 ! {\"F\":\"not a host\"} ! false ! false",
        "F|cidr: [10.1.0.0/16, 10.3.0.0/16] ! {\"F\":\"10.3.0.1\"} ! true ! true",
        "F|cidr: 10.1.2.3 ! {\"F\":\"10.1.2.3\"} ! true ! true",
        "F|cidr: 10.1.0.0/16 ! {\"F\":\"fe80::1\"} ! false ! false",
        "F|cidr: fe80::/10 ! {\"F\":\"fe80::1\"} ! true ! true",
        "F|gt: 5 ! {\"F\":6} ! true ! true",
        "F|gt: 5 ! {\"F\":\"6.5\"} ! true ! true",
        "F|gt: 5 ! {\"F\":5} ! false ! false",
        "F|gte: 5 ! {\"F\":5} ! true ! true",
        "F|lt: 5 ! {\"F\":4} ! true ! true",
        "F|lte: 5 ! {\"F\":6} ! false ! false",
        "F|gt: 5 ! {\"F\":\"many\"} ! false ! false",
        "F|base64: foo ! {\"F\":\"Zm9v\"} ! true ! true",
        "F|base64: 1 ! {\"F\":\"MQ==\"} ! true ! true",
        "F|base64: 1 ! {\"F\":1} ! false ! false",
        "F|base64offset|contains: /bin/sh ! {\"F\":\"x9iaW4vc2g=\"} ! true ! true",
        "F|wide|base64|contains: ab ! {\"F\":\"..YQBiAA==..\"} ! true ! true",
        "F|utf16be|base64|contains: ab ! {\"F\":\"..AGEAYg==..\"} ! true ! true",
        "F|utf16le|base64offset|contains: ab ! {\"F\":\"..YQBiA..\"} ! true ! true",
        "F|utf16|base64|contains: ab ! {\"F\":\"..//5hAGIA..\"} ! true ! true",
        "F|wide|contains: ab ! {\"F\":\"a\\u0000b\\u0000\"} ! true ! true",
        "F|base64offset|contains: [foo, bar] ! {\"F\":\"eGJhcg==\"} ! true ! true",
        "F|windash|contains: ' -x' ! {\"F\":\"run –x\"} ! true ! true",
        "F|windash|contains|all: [' -x', ' -y'] ! {\"F\":\"run /x /y\"} ! true ! true",
        "F|windash|contains|all: [' -x', ' -y'] ! {\"F\":\"run /x\"} ! false ! false",
        "F|windash|contains: ' -x' ! {\"F\":\"run /x\"} ! true ! true",
        "F|windash|contains: ' -x' ! {\"F\":\"run -x\"} ! true ! true",
        "F|windash|contains: 'a-b' ! {\"F\":\"a/b\"} ! false ! false",
        "F|exists: true ! {\"F\":\"\"} ! true ! true",
        "F|exists: true ! {\"G\":1} ! false ! false",
        "F|exists: false ! {\"G\":1} ! true ! true",
        "F|fieldref: G ! {\"F\":\"x\",\"G\":\"x\"} ! true ! true",
        "F|fieldref: G ! {\"F\":\"x\",\"G\":\"y\"} ! false ! false",
        "F|fieldref|startswith: G ! {\"F\":\"xy\",\"G\":\"x\"} ! true ! true",
        "F|fieldref|endswith: G ! {\"F\":\"yx\",\"G\":\"x\"} ! true ! true",
        "F|fieldref|contains: G ! {\"F\":\"yxy\",\"G\":\"X\"} ! true ! true",
        "F|fieldref|contains|cased: G ! {\"F\":\"yxy\",\"G\":\"X\"} ! false ! false",
        "F|fieldref: G ! {\"F\":1} ! false ! false",
        "F|neq|contains: a ! {\"F\":\"bad\"} ! false ! false",
        "F|neq: a ! {\"G\":\"b\"} ! true ! true",
        "F|neq: [a, b] ! {\"F\":\"c\"} ! true ! true",
        "F|startswith: [x, b] ! {\"F\":\"Bad\"} ! true ! true",
        "F|startswith|cased: [x, b] ! {\"F\":\"Bad\"} ! false ! false",
        "F|endswith|cased: AD ! {\"F\":\"BAD\"} ! true ! true",
        "F|contains: 5 ! {\"F\":1500} ! true ! true",
        "F|gt: -1.5 ! {\"F\":-1} ! true ! true",
        "F|lte: 5 ! {\"F\":5.0} ! true ! true",
        "F|lt: 5 ! {\"G\":1} ! false ! false",
        "F|minute: 10 ! {\"F\":\"2026-03-02T06:10:00Z\"} ! true ! true",
        "F|day: 2 ! {\"F\":\"2026-03-02T06:10:00Z\"} ! true ! true",
        "F|week: 10 ! {\"F\":\"2026-03-02T06:10:00Z\"} ! true ! true",
        "F|month: 3 ! {\"F\":\"2026-03-02T06:10:00Z\"} ! true ! true",
        "F|year: 2026 ! {\"F\":\"2026-03-02T06:10:00Z\"} ! true ! true",
        "F|neq: a ! {\"F\":\"b\"} ! true ! true",
        "F|neq: a ! {\"F\":\"a\"} ! false ! false",
        "F|vql: x=>x > 3 ! {\"F\":4} ! true ! true",
        "F|vql: x=>x > 3 ! {\"F\":2} ! false ! false",
        "F|hour: 6 ! {\"F\":\"2026-03-02T06:10:00Z\"} ! true ! true",
        "F|hour: 6 ! {\"F\":\"2026-03-02T07:10:00Z\"} ! false ! false",
        "F: null ! {\"F\":null} ! true ! true",
        "F: null ! {\"G\":1} ! false ! true",
        "F: null ! {\"F\":\"\"} ! false ! false",
        "F: '' ! {\"F\":\"\"} ! true ! true",
        "F.G: x ! {\"F\":{\"G\":\"x\"}} ! true ! true",
        "F: yes ! {\"F\":\"yes\"} ! true ! true",
        "{F: a, G: b} ! {\"F\":\"a\",\"G\":\"b\"} ! true ! true",
        "{F: a, G: b} ! {\"F\":\"a\",\"G\":\"c\"} ! false ! false",
        "[{F: a}, {G: b}] ! {\"F\":\"x\",\"G\":\"b\"} ! true ! true",
        "[mimi, katz] ! {\"F\":\"MimiC\"} ! true ! true",
        "[mimi, katz] ! {\"Mimi\":1} ! true ! true",
        "['m?m*z'] ! {\"F\":\"-MimiKatz-\"} ! false ! true",
        "[mi\\*] ! {\"F\":\"mimi\"} ! false ! false",
        "['c:\\x'] ! {\"F\":\"C:\\\\x\\\\y\"} ! false ! true",
        "['say \"x']  ! {\"F\":\"say \\\"X\\\"\"} ! false ! true",
        "'|all': [m*i, 'k?'] ! {\"F\":\"MIMI\",\"G\":\"ka\"} ! false ! true",
        "[mimi, katz] ! {\"F\":\"dog\"} ! false ! false",
        "'|all': [mi, ka] ! {\"F\":\"MI\",\"G\":\"ka\"} ! true ! true",
        "'|all': [mi, ka] ! {\"F\":\"mi\"} ! false ! false",
      })
  void searchesMean(String search, String event, boolean server, boolean standard)
      throws FormatException {
    assertThat(matches(search, event, false)).as("server").isEqualTo(server);
    assertThat(matches(search, event, true)).as("standard").isEqualTo(standard);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "a                       ! true",
        "b                       ! false",
        "a and b                 ! false",
        "a or b                  ! true",
        "not b                   ! true",
        "not a or a              ! true",
        "not (a or b)            ! false",
        "b and a or a            ! true",
        "b and (a or a)          ! false",
        "A AND NOT B             ! false",
        "a AND NOT b             ! true",
        "1 of them               ! true",
        "any of them             ! true",
        "all of them             ! false",
        "1 of sel*               ! true",
        "all of sel*             ! true",
        "all of sel* and not b   ! true",
        "1 of none*              ! false",
        "all of none*            ! false",
        "1 of a                  ! true",
        "nowhere                 ! false",
        "not nowhere             ! true",
        "a | count() > 0         ! false",
      })
  void conditionsMean(String condition, boolean expected) {
    String rule =
        SigmaBench.rule(
            "T", "a: {F: 1}\nb: {F: 2}\nsel_x: {F: 1}\nsel_y: {F: 1}\ncondition: " + condition);
    assertThat(new SigmaBench().titles(List.of(rule), List.of(java.util.Map.of("F", 1))))
        .hasSize(expected ? 1 : 0);
  }
}
