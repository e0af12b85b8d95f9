package org.minivql.builtin.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.testing.Run;

class SchemasTest {
  private static final String SCHEMA =
      """
      {"type": "object", "required": ["Name"],
       "properties": {
         "Name": {"type": "string", "pattern": "^[a-z]+$"},
         "Port": {"type": "integer", "default": 443},
         "Tls": {"type": "object", "default": {}, "properties": {"Use": {"default": true}}},
         "Since": {"default": "2024-01-02T03:04:05Z"},
         "Owner": {"$ref": "https://example.org/owner"}}}""";
  private static final String OWNER =
      "{\"$id\":\"https://example.org/owner\",\"type\":\"string\",\"minLength\":3}";

  private static Run run(String expression, Object schema, String data) {
    return Run.of(
        Vql.builder().build(),
        "SELECT " + expression + " AS X FROM scope()",
        QueryOptions.defaults().withEnv(Map.of("S", schema, "Owner", OWNER, "Data", data)));
  }

  private static Run json(String data) {
    return run("parse_json(data=Data, schema=[S, Owner])", SCHEMA, data);
  }

  @Test
  void whatIsMissingGetsItsDefault() {
    Run run = json("{\"Name\":\"db\",\"Other\":1.50,\"Owner\":\"ops\"}");
    assertThat(run.log()).isEmpty();
    assertThat(run.rows())
        .containsExactly(
            "{\"X\":{\"Name\":\"db\",\"Other\":1.5,\"Owner\":\"ops\",\"Port\":443,"
                + "\"Tls\":{\"Use\":true},\"Since\":\"2024-01-02T03:04:05Z\"}}");
  }

  @Test
  void defaultsAreReadAsTheRestIs() {
    String schema = "{\"properties\":{\"Since\":{\"default\":\"2024-01-02T03:04:05Z\"}}}";
    assertThat(run("parse_json(data=Data, schema=S).Since.Year", schema, "{\"a\":1}").rows())
        .containsExactly("{\"X\":2024}");
  }

  @Test
  void everyViolationIsALine() {
    Run run = json("{\"Port\":\"x\",\"Owner\":\"me\"}");
    assertThat(run.rows()).containsExactly("{\"X\":null}");
    assertThat(run.log()).allMatch(line -> line.startsWith("ERROR:parse_json: ")).hasSize(3);
    assertThat(run.log().toString()).contains("/Port: ", "/Owner: ", "Name");
    assertThat(json("{\"Name\":\"DB1\"}").log()).hasSize(1);
  }

  @Test
  void yamlIsCheckedToo() {
    String call = "parse_yaml(accessor='data', filename=Data, schema=[S, Owner])";
    assertThat(run(call, SCHEMA, "Name: db\nTls: {Use: no}\n").rows())
        .containsExactly(
            "{\"X\":{\"Name\":\"db\",\"Tls\":{\"Use\":false},\"Port\":443,"
                + "\"Since\":\"2024-01-02T03:04:05Z\"}}");
    Run violated = run(call, SCHEMA, "Name: 5\n");
    assertThat(violated.rows()).containsExactly("{\"X\":null}");
    assertThat(violated.log())
        .hasSize(1)
        .allMatch(line -> line.startsWith("ERROR:parse_yaml: /Name: "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{ ~ parse_json: schema: unexpected end of JSON input",
        "[1] ~ parse_json: schema: Schema at # must be object or boolean but was ARRAY",
        "{'type':'no-type'} ~ ERROR:parse_json: object found, unknown expected",
        "{'properties':{'a':{'pattern':'('}}} ~ parse_json: schema: error parsing regexp: missing"
            + " closing )",
        "{'$ref':'http://127.0.0.1:1/x.json'} ~ parse_json: schema: ",
        "{'$ref':'file:///etc/hostname'} ~ parse_json: schema: ",
        "{'$ref':'classpath:draft-07/schema'} ~ parse_json: schema: ",
        "{'$ref':'resource:draft-07/schema'} ~ parse_json: schema: ",
        "{'$ref':'#/none'} ~ parse_json: schema: Reference /none cannot be resolved",
        "{'$schema':'http://127.0.0.1:1/dialect'} ~ parse_json: schema: Failed to load dialect",
        "{'allOf':[{'$ref':'#'}]} ~ parse_json: the schema refers to itself without an end"
      })
  void schemasThatAreNoneOrReachElsewhereAreTold(String schema, String line) {
    Run run = run("parse_json(data=Data, schema=S)", schema.replace('\'', '"'), "{\"a\":\"b\"}");
    assertThat(run.rows()).containsExactly("{\"X\":null}");
    assertThat(run.log()).hasSize(1).allMatch(said -> said.startsWith(line), line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-07/schema#",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema"
      })
  void aSchemaMaySayWhichDraftItIs(String draft) {
    String schema = "{\"$schema\":\"" + draft + "\",\"properties\":{\"a\":{\"type\":\"string\"}}}";
    String call = "parse_json(data=Data, schema=S)";
    assertThat(run(call, schema, "{\"a\":\"b\"}").rows()).containsExactly("{\"X\":{\"a\":\"b\"}}");
    assertThat(run(call, schema, "{\"a\":1}").rows()).containsExactly("{\"X\":null}");
  }

  @Test
  void patternsThatWouldTakeForEverAreQuick() {
    String data = "{\"a\":\"" + "a".repeat(50_000) + "!\"}";
    Run run =
        run(
            "parse_json(data=Data, schema=S)",
            "{\"properties\":{\"a\":{\"pattern\":\"^(a+)+$\"}}}",
            data);
    assertThat(run.rows()).containsExactly("{\"X\":null}");
    assertThat(run.log()).hasSize(1);
  }
}
