package org.minivql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.testing.Jvm;
import org.minivql.testing.Reliability;

/** Ten million rows, gigabytes of lines and a million labels in a small heap. */
@Tag("soak")
class LargeQueriesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sort 10 million rows"
            + "|SELECT 0 - _value AS N, 'text' AS T FROM range(end=10000000) ORDER BY N"
            + "|10000000 {N=0, T=text}",
        "sort 10 million rows downwards"
            + "|SELECT _value AS N FROM range(end=10000000) ORDER BY N DESC|10000000 {N=0}",
        "group 10 million rows in a million groups"
            + "|SELECT format(format='%v', args=_value) AS K, count() AS C"
            + " FROM foreach(row={SELECT * FROM range(end=10)},"
            + " query={SELECT * FROM range(end=1000000)}) GROUP BY K"
            + "|1000000 {K=999999, C=10}",
        "materialise 10 million rows"
            + "|LET VQL_MATERIALIZE_ROW_LIMIT <= 100000000"
            + " LET X <= SELECT _value AS N, 'text' AS T FROM range(end=10000000)"
            + " SELECT C, X[9999999].N AS Last FROM foreach(row={"
            + "SELECT count() AS C FROM X}) WHERE C = 10000000"
            + "|1 {C=10000000, Last=9999999}",
        "10 million rows through four workers"
            + "|SELECT * FROM foreach(row={SELECT * FROM range(end=10000000)}, workers=4,"
            + " query={SELECT _value * 0 AS Z FROM scope()})|10000000 {Z=0}",
        "2 GiB of JSON lines made while they are read"
            + "|SELECT count() AS C, max(item=N) AS M FROM parse_jsonl(filename='/a', accessor='made')"
            + " GROUP BY 1|1 {C=8915331, M=8915330}",
        "7 million lines of JSON, the last of them broken"
            + "|SELECT C, M, 'goes on' AS G FROM foreach(row={SELECT count() AS C, max(item=N) AS M"
            + " FROM parse_jsonl(filename='/broken', accessor='made') GROUP BY 1},"
            + " query={SELECT C, M FROM scope()})"
            + "|DEFAULT:parse_jsonl: error at line 7000000: unexpected end of JSON input skipping"
            + " all invalid lines~1 {C=6999999, M=6999999, G=goes on}",
        "a million labels on ten thousand clients"
            + "|SELECT count() AS C FROM foreach(row={SELECT format(format='C.%016x', args=_value) AS Id"
            + " FROM range(end=10000)}, query={SELECT label(client_id=Id, op='set',"
            + " labels=format(format='L%d', args=_value)) AS L FROM range(end=100)}) GROUP BY 1"
            + "|1 {C=1000000}",
        "a list of 10 million values"
            + "|SELECT enumerate(items=_value) AS E FROM range(end=10000000) GROUP BY 1"
            + "|0 null E-LIMIT-MEMORY",
        "a column of 10 million rows"
            + "|SELECT { SELECT _value AS N, 'text' AS T FROM range(end=10000000) } AS E FROM scope()"
            + "|0 null E-LIMIT-MEMORY",
        "more distinct values than fit, in dicts"
            + "|SELECT len(list=array(a={SELECT dict(a=_value, b=dict(c='x' * 50)) AS D"
            + " FROM range(end=10000000)})) AS L FROM scope()|0 null E-LIMIT-MEMORY",
      })
  void isCorrectInASmallHeap(String what, String program, String expected)
      throws IOException, InterruptedException {
    Jvm.Ended ended =
        Jvm.run(Jvm.command(List.of("-Xmx256m", "-XX:+UseSerialGC"), LargeInputs.class, program));
    assertThat(ended.output()).isEqualTo(expected.replace('~', '\n'));
    assertThat(ended.status()).isZero();
    Reliability.record(
        "Memory, -Xmx256m: " + what,
        "once",
        expected.contains("E-LIMIT") ? "ended with " + expected.substring(7) : "the right rows");
  }
}
