package org.minivql.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.LogLine;
import org.minivql.QueryOptions;
import org.minivql.Vql;

/** A line of the log says which call or name it is about. */
class PlacesTest {
  private final Vql engine = Vql.builder().build();

  private List<LogLine> log(String program) {
    List<LogLine> log = new ArrayList<>();
    engine.compile(program).run(QueryOptions.defaults().withLog(log::add), row -> true);
    return log;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nosuch                             | 4:3 | ERROR:Symbol nosuch not found",
        "1 + nosuch.a                       | 4:7 | ERROR:While resolving nosuch.a Symbol nosuch",
        "nosuch(a=1)                        | 4:3 | ERROR:Symbol nosuch not found",
        "D.f()                              | 4:3 | ERROR:Symbol D.f is not a function",
        "len(list=upcase())                 | 4:12 | upcase: Field string is required",
        "upcase(string='x', foo=1)          | 4:3 | upcase: Unexpected arg foo",
        "'é€😀' + sum(item='x')              | 4:11 | sum: Field item should be an int not string.",
        "substr(str='a', start=-1)          | 4:3 | substr: Start and End values",
        "0xffffffffffffffff                 | 4:3 | ERROR:Unable to parse 0xffffffffffffffff",
        "timestamp(epoch=strip())           | 4:19 | strip: Field string is required",
        "{SELECT * FROM range(foo=1)}       | 4:18 | range: Field end is required",
        "{SELECT * FROM nosuch()}           | 4:18 | ERROR:Plugin nosuch not found",
        "{SELECT * FROM D.zz}               | 4:18 | ERROR:Plugin D.zz not found",
        "{SELECT * FROM D(x=1)}             | 4:18 | ERROR:Symbol D is not callable as a plugin",
        "{SELECT * FROM Q(y=1)}             | 4:18 | ERROR:Extra unrecognized arg y",
        "{SELECT * FROM parse_csv(filename='/no/such', accessor='nosuch')} | 4:18 | parse_csv: ",
        "{SELECT * FROM parse_csv(filename='/no/such')} | 4:18 | Unable to open file /no/such",
        "{SELECT * FROM parse_jsonl(accessor='data', filename='x')} | 4:18 | DEFAULT:parse_jsonl: ",
        "{SELECT * FROM parse_records_with_regex(accessor='data', file='x', regex='(')} | 4:18 |"
            + " Unable to compile regex (",
        "{SELECT * FROM glob(globs='*', root='/nosuch', accessor='zip')} | 4:18 | Globber: ",
        "parse_xml(accessor='data', file='')      | 4:3 | NewMapXmlReader: EOF",
        "format(format='a') =~ '('                | 4:3 | Compile regexp: error parsing regexp: ",
        "format(format='a') =~ format(format='(') | 4:3 | Compile regexp: error parsing regexp: ",
        "regex_replace(source='a', re='(')        | 4:3 | Unable to compile regex (",
        "filter(list='a', regex='(')              | 4:3 | Compile regexp: error parsing regexp: ",
        "all(items='a', regex='(')                | 4:3 | Compile regexp: error parsing regexp: ",
        "any(items='a', regex='(')                | 4:3 | Compile regexp: error parsing regexp: ",
        "filter(list='a', condition='x=>upcase()')| 4:3 | upcase: Field string is required",
        "filter(list='a', condition='x=>nosuch')  | 4:3 | ERROR:Symbol nosuch not found",
        "filter(list='a', condition='x=>x=~\"(\"')| 4:3 | Compile regexp: error parsing regexp: ",
        "filter(list='a', condition='x,y=>1')     | 4:3 | ERROR:Incorrect number of parameters",
        "regex_replace(source='a', re='a', replace_lambda='x=>len()') | 4:3 | len: Field list is",
        "{SELECT * FROM query(query=5)}           | 4:18 | ERROR:query: query should be",
      })
  void linesSayWhatTheyAreAbout(String column, String place, String text) {
    String program =
        "LET D <= dict(f=5)\nLET Q(x) = SELECT 1 AS A FROM scope()\nSELECT 1 AS One,\n  "
            + column
            + " AS X\nFROM scope()";
    LogLine line = log(program).get(0);
    assertThat(line.text()).startsWith(text);
    assertThat(line.at()).hasToString(place);
    assertThat(line.at().program()).isEqualTo(program);
  }

  @Test
  void definitionsAreSaidWhereTheyStandAndTextsOfTheirOwnByThemselves() {
    List<LogLine> lines =
        log(
            "LET F(x) = upcase()\nSELECT F(x=1) FROM scope()\n"
                + "SELECT * FROM query(query='SELECT\\n upcase() FROM scope()')");
    assertThat(lines.get(0).at()).hasToString("1:12");
    assertThat(lines).last().extracting(line -> line.at().toString()).isEqualTo("2:2");
    assertThat(lines)
        .last()
        .extracting(line -> line.at().program())
        .asString()
        .startsWith("SELECT\n");
  }

  @Test
  void warningsOfDefinitionsAreAboutThem() {
    assertThat(log("SELECT 1 AS A FROM scope()\n  LET upcase = 1").get(0).at()).hasToString("2:3");
    assertThat(log("\nLET F(a) <= a").get(0).at()).hasToString("2:1");
  }

  @Test
  void whatIsNoTimeIsSaidWhereItIsRead() {
    LogLine line =
        log("LET DEBUG <= TRUE\nSELECT 1 + timestamp(string='soon') AS T FROM scope()").get(0);
    assertThat(line.text()).isEqualTo("Not a time: soon");
    assertThat(line.at()).hasToString("2:12");
  }

  @Test
  void linesOfTheQueryItselfHaveNoPlace() {
    assertThat(log("SELECT log(message='x') FROM scope()").get(0).at()).isNull();
    assertThat(LogLine.of("ERROR:x").at()).isNull();
  }
}
