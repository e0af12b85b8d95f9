package org.minivql.builtin.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.testing.Run;

class BinaryTest {
  private static final Vql ENGINE = Vql.builder().build();

  private static Run decode(String profile, String struct, String hex, String expression) {
    String query =
        "LET S = parse_binary(accessor='data', filename=unhex(string=Hex), profile=Profile,"
            + " struct=Struct)\nSELECT "
            + expression
            + " AS X FROM scope()";
    return Run.of(
        ENGINE,
        query,
        QueryOptions.defaults().withEnv(Map.of("Hex", hex, "Profile", profile, "Struct", struct)));
  }

  @Test
  void decodesArraysAndEnumerations() {
    String profile =
        """
        [["Box", "x=>x.Items.EndOf", [
           ["N", 0, "uint8"],
           ["Items", 1, "Array", {"type": "Pair", "count": "x=>x.N"}],
           ["__Hidden", 0, "uint8"]]],
         ["Pair", 3, [
           ["Kind", 0, "Enumeration", {"type": "uint8", "choices": {"1": "one"}}],
           ["Value", 1, "uint16be"]]]]""";
    Run run = decode(profile, "Box", "02010010020011", "S");
    assertThat(run.rows())
        .containsExactly(
            "{\"X\":{\"N\":2,\"Items\":[{\"Kind\":\"one\",\"Value\":16},{\"Kind\":\"0x2\",\"Value\":17}]}}");
    assertThat(decode(profile, "Box", "02010010020011", "S.SizeOf").rows())
        .containsExactly("{\"X\":7}");
    assertThat(decode(profile, "Box", "02010010020011", "S.Items.Value").rows().get(0))
        .contains("16");
  }

  @Test
  void decodesTextsBitsAndTimes() {
    String profile =
        """
        [["T", 0, [
           ["Wide", 0, "String", {"encoding": "utf16", "length": 6}],
           ["Bits", 6, "Flags", {"type": "uint8", "bitmap": {"b": 1, "a": 0, "c": 2}}],
           ["Middle", 6, "BitField", {"type": "uint8", "start_bit": 1, "end_bit": 3}],
           ["Sum", 0, "Value", {"value": "x=>x.Middle + 1"}],
           ["At", 7, "Timestamp", {"type": "uint32"}],
           ["Pick", 6, "Union", {"selector": "x=>x.Middle", "choices": {"1": "uint8"}}]]]]""";
    Run run = decode(profile, "T", "680069000000" + "03" + "01000000", "S");
    assertThat(run.rows())
        .containsExactly(
            "{\"X\":{\"Wide\":\"hi\",\"Bits\":[\"a\",\"b\"],\"Middle\":1,\"Sum\":2,"
                + "\"At\":\"1970-01-01T00:00:01Z\",\"Pick\":3}}");
  }

  @Test
  void readsZerosBeyondTheEnd() {
    assertThat(decode("", "uint32", "41", "S").rows()).containsExactly("{\"X\":65}");
    assertThat(decode("", "int8", "ff", "S").rows()).containsExactly("{\"X\":-1}");
  }

  @Test
  void saysWhatIsWrongWithAProfile() {
    assertThat(decode("[", "X", "00", "S").log().get(0)).startsWith("parse_binary: yaml: ");
    assertThat(decode("[[\"X\",0,[[\"a\",0,\"No\"]]]]", "X", "00", "S").log())
        .containsExactly("Reference to undefined type No in X.a");
    assertThat(decode("[[\"Array\",0,[]]]", "X", "00", "S").log())
        .containsExactly("parse_binary: Struct definition for Array masks an existing definition");
    assertThat(decode("[]", "Y", "00", "S").log())
        .containsExactly("parse_binary: Type name Y is not known.");
  }

  @ParameterizedTest
  @CsvSource({
    "Array,type",
    "Pointer,type",
    "Profile,type",
    "Enumeration,type",
    "BitField,type",
    "Flags,type",
    "Union,selector",
    "Value,value"
  })
  void saysWhichOptionATypeNeeds(String type, String option) {
    Run run = decode("[[\"X\",0,[[\"a\",0,\"" + type + "\"]]]]", "X", "00", "S");
    assertThat(run.rows()).containsExactly("{\"X\":null}");
    assertThat(run.log())
        .containsExactly("parse_binary: X.a: the type " + type + " needs the option " + option);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "String|6869006a|\"hi\"",
        "Timestamp|0100000000000000|\"1970-01-01T00:00:01Z\"",
        "WinFileTime|8096980000000000|\"1601-01-01T00:00:01Z\"",
        "FatTimestamp|21000000|\"1980-01-01T00:00:00Z\""
      })
  void readsABuiltInTypeWithoutAProfile(String type, String hex, String value) {
    assertThat(decode("", type, hex, "S").rows()).containsExactly("{\"X\":" + value + "}");
  }

  @Test
  void stopsAtPointersInACircle() {
    String profile = "[[\"P\",8,[[\"Next\",0,\"Pointer\",{\"type\":\"P\"}]]]]";
    assertThat(decode(profile, "P", "0000000000000000", "S").rows()).hasSize(1);
  }

  @Test
  void structsOfAnArrayAreRows() {
    String profile =
        """
        [["Bag", 0, [
           ["Two", 0, "Array", {"type": "One", "count": 2}],
           ["Raw", 0, "Array", {"type": "uint8", "count": 2}]]],
         ["One", 1, [["Kind", 0, "uint8"]]]]""";
    assertThat(decode(profile, "Bag", "0507", "{SELECT * FROM foreach(row=S.Two)}").rows())
        .containsExactly("{\"X\":[5,7]}");
    assertThat(
            decode(
                    profile,
                    "Bag",
                    "0507",
                    "{SELECT Kind + 1 AS K FROM foreach(row=S.Two, query={SELECT Kind FROM scope()})}")
                .rows())
        .containsExactly("{\"X\":[6,8]}");
    assertThat(
            decode(profile, "Bag", "0507", "{SELECT _value AS V FROM foreach(row=S.Raw)}").rows())
        .containsExactly("{\"X\":[5,7]}");
  }
}
