package org.minivql.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.Vql;
import org.minivql.VqlSyntaxException;
import org.minivql.testing.Run;

/** Uses of the library whose point takes more than one call, or lies in how calls act together. */
class WorkedExamplesTest {
  private static final Vql ENGINE = Vql.builder().build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "dict(x=1, y=2) + dict(y=5, z=6)~{\"x\":1,\"y\":5,\"z\":6}",
        "dict(x=1, y=2) - dict(y=9)~{\"x\":1}",
        "dict(x=1, y=2) * dict(y=9)~{\"y\":2}",
        "(TRUE = 'Y', TRUE = 'True', TRUE = 'true', 'Y' = TRUE)~[true,true,false,false]",
        "(7,8,9)[4]~8",
        "(7,8,9)[-1]~9",
        "timestamp(epoch=1299308889) + 5~null",
        "timestamp(epoch=1299308889) - timestamp(epoch=5)~null",
        "timestamp(epoch=1299308889) < '2011-03-06'~true",
        "timestamp(epoch=1299308889) = '2011-03-05T07:08:09Z'~false",
        "upcase(`**`=dict(string='q'))~\"Q\"",
        "dict(`p q`=1, r=2, `p q`=3)~{\"r\":2,\"p q\":3}",
        "get(item='AB', field=1)~66",
        "get(item=NULL, field='a', default=1)~null",
        "array(a=(4, 5), b=6)~[[4,5],6]",
        "array(_=(4, 5), b=6)~[4,5,6]",
        "all(items=[], filter='x=>FALSE')~true",
        "any(items=[], filter='x=>TRUE')~false",
        "parse_json_array(data='[2,\"b\",{\"y\":1,\"a\":2},null,[3,4]]')"
            + "~[2,\"b\",{\"y\":1,\"a\":2},null,[3,4]]",
        "serialize(item=(dict(a=1),), format='csv')~\"a\\n1\\n\"",
        "serialize(item=[dict(a=1)], format='csv')~null",
        "serialize(item=5, format='csv')~null",
        "serialize(item=dict(a=dict(b=1), t='7'), format='yaml')~\"a:\\n  b: 1\\nt: \\\"7\\\"\\n\"",
        "commandline_split(command='')~null",
        "items(item=5)~[{\"_value\":5}]",
        "{SELECT _key FROM items(item=timestamp(epoch=5)) LIMIT 2}~[\"Day\",\"Hour\"]",
        "{SELECT * FROM items(item=5)}~null",
        "(int(int='0b11'), int(int='0o17'), int(int='0x1f'), int(int=NULL))~[3,15,31,0]",
        "int(int='99999999999999999999')~9223372036854775807",
        "cidr_contains(ip='none', ranges='10.0.0.0/8')~false",
        "(timestamp(), timestamp(epoch=NULL), timestamp(epoch='1299308889.5'), timestamp(epoch=(1, 2)),"
            + " timestamp(epoch=dict()))~[null,null,null,null,null]",
        "(timestamp(epoch=0.0), timestamp(epoch=TRUE))"
            + "~[\"0001-01-01T00:00:00Z\",\"1970-01-01T00:00:01Z\"]",
        "timestamp_format(time=1299308889, format='hello')~\"hello\"",
        "timestamp(string='2020')~\"1970-01-01T00:33:40Z\"",
        "timestamp(string='20110305')~\"1970-08-21T18:11:45Z\"",
        "(timestamp(string='soon'), timestamp(string='soon'))~[null,null]",
        "(timestamp(string='03/04/2011', format='01/02/2006'),"
            + " timestamp(string='03/04/2011', format='02/01/2006'))"
            + "~[\"2011-03-04T00:00:00Z\",\"2011-04-03T00:00:00Z\"]",
        "ip(netaddr4_le=33663168)~\"192.168.1.2\"",
        "ip(netaddr4_be=3232235778)~\"192.168.1.2\"",
        "ip()~\"0.0.0.0\"",
        "pathspec(Path='/in/a.txt', DelegatePath='/b.zip', DelegateAccessor='file')"
            + "~\"{\\\"DelegateAccessor\\\":\\\"file\\\",\\\"DelegatePath\\\":\\\"/b.zip\\\","
            + "\\\"Path\\\":\\\"/in/a.txt\\\"}\"",
        "read_file(accessor='sparse', filename=pathspec(DelegateAccessor='data',"
            + " DelegatePath='abcdefghij', Path='[{\"offset\":1,\"length\":2},"
            + "{\"offset\":5,\"length\":3}]'))~\"\\u0000bc\\u0000\\u0000fgh\"",
        "read_file(accessor='offset', filename=pathspec(DelegateAccessor='data',"
            + " DelegatePath='abcdef', Path='0x2'))~\"cdef\"",
        "regex_transform(source='tee', map=dict(t='e', e='o'))~\"ooo\"",
        "{SELECT * FROM parse_csv(accessor='data', filename='a,b')}~null",
        "{SELECT * FROM parse_csv(accessor='data', filename='')}~null",
        "{SELECT * FROM sample(`**`=lazy_dict(query={SELECT * FROM range(end=5)}, n=3))}"
            + "~[0,3]",
        "{SELECT * FROM dedup(key='K', query={SELECT * FROM chain(a=dict(K=1), b=dict(K='1'),"
            + " c=dict(L=1), d=dict(K=NULL), e=dict(K=NULL))})}~[1,null]",
        "{SELECT len(list=rows) AS N FROM batch(batch_size=2, query={SELECT * FROM range(end=5)})}"
            + "~[2,2,1]",
        "parse_binary(accessor='data', filename=unhex(string='504b03000001ff0207'), struct='Zip',"
            + " profile='''[[\"Zip\",0,[[\"Sign\",0,\"String\",{\"length\":2}],[\"N\",2,\"uint16\"],"
            + "[\"All\",4,\"Array\",{\"type\":\"One\",\"count\":\"x=>x.N - 1\"}]]],"
            + "[\"One\",\"x=>2\",[[\"K\",0,\"Enumeration\",{\"type\":\"uint8\","
            + "\"choices\":{\"0\":\"z\"}}],[\"V\",1,\"uint8\"]]]]''')"
            + "~{\"Sign\":\"PK\",\"N\":3,\"All\":[{\"K\":\"z\",\"V\":1},{\"K\":\"0xff\",\"V\":2}]}",
      })
  void holds(String expression, String value) {
    Run run = Run.of(ENGINE, "SELECT " + expression + " AS X FROM scope()");
    assertThat(run.rows()).containsExactly("{\"X\":" + value + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "LET Rows <= SELECT _value AS N FROM range(end=3)~join(array=Rows.N, sep='-')~\"0-1-2\"",
        "LET Once <= regex_transform(source='a', map=dict(a='b'), key='k')"
            + "~regex_transform(source='a', map=dict(a='c'), key='k')~\"b\"",
        "LET Double(n) = cache(key=n, func=n * 2, name='twice')~(Double(n=4), Double(n=4))~[8,8]",
        "LET T <= memoize(key='K', query={SELECT * FROM chain(a=dict(K='5', V='five'))})"
            + "~(get(item=T, field='5').V, get(item=T, field=5).V, get(item=T, field='6'))"
            + "~[\"five\",\"five\",null]",
        "LET Text <= 'kept'~read_file(accessor='scope', filename='Text')~\"kept\"",
        "LET Later = 40 + 2~get(member='Later')~42",
        "LET D <= dict(a=1, b=2) LET _ <= set(item=D, field='a', value=3)~D~{\"b\":2,\"a\":3}",
      })
  void holdsAfterDefinitions(String definitions, String expression, String value) {
    Run run = Run.of(ENGINE, definitions + "\nSELECT " + expression + " AS X FROM scope()");
    assertThat(run.rows()).containsExactly("{\"X\":" + value + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "log(message='%v of %d', args=['some', 9], level='warn')~true~WARN:some of 9",
        "log(message='100%', args=NULL, level='loud')~true~DEFAULT:100%",
        "filter(list=(1, 2), regex='1', condition='x=>x=2')~[2]~ERROR:filter: Both regex and"
            + " condition are specified - Will only use the condition and ignore regex!",
        "split(string='a,b')~null~split: requires either sep or sep_string",
        "pathspec(parse='/a', path_type='dos')~false~"
            + "pathspec: Unknown path type: dos (should be one of windows,linux,generic)",
        "basename(path=NULL)~false~basename: Path should be an OSPath or string, not types.Null",
        "regex_transform(source='a', map=dict(`(`='b'))~null~regex_transform: Unable to compile"
            + " regex (: error parsing regexp: missing closing ): `(?i)(`",
        "cidr_contains(ip='10.0.0.1', ranges=['ten', '10.0.0.0/8'])~false~"
            + "cidr_contains: invalid CIDR address: ten",
        "version()~0~version: One of plugin or function should be specified",
        "cache(key=1)~null~cache: Use lambda to cache the function",
        "atexit(query=5)~true~atexit: Query type int64 not supported.",
        "magic(path='x', accessor='data', type='sort')~null~magic: unknown type sort",
      })
  void holdsAndIsSaid(String expression, String value, String line) {
    Run run = Run.value(ENGINE, expression);
    assertThat(run.rows()).containsExactly("{\"X\":" + value + "}");
    assertThat(run.log()).containsExactly(line);
  }

  @Test
  void aNumberBesideACallIsNotSubtracted() {
    assertThatThrownBy(() -> ENGINE.compile("SELECT now()-60 AS Then FROM scope()"))
        .isInstanceOf(VqlSyntaxException.class);
    assertThat(Run.of(ENGINE, "SELECT now() - 60 < now() AS X FROM scope()").rows())
        .containsExactly("{\"X\":true}");
  }

  @Test
  void anUnknownZoneIsSaidAndNotUsed() {
    Run run =
        Run.of(
            ENGINE,
            "LET PARSE_TZ <= 'Mars/Base'\nSELECT timestamp(string='2011-03-05 07:08') AS X"
                + " FROM scope()");
    assertThat(run.rows()).containsExactly("{\"X\":\"2011-03-05T07:08:00Z\"}");
    assertThat(run.log())
        .singleElement()
        .asString()
        .startsWith("Unable to load timezone from PARSE_TZ Mars/Base: ")
        .endsWith(", using UTC");
  }
}
