package org.minivql.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.Vql;
import org.minivql.testing.Run;

/** What a function yields and says when it cannot do what it is asked. */
class FunctionLogTest {
  private static final Vql ENGINE = Vql.builder().build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "substr(str='abc', start=-1)~null~substr: Start and End values must be greater than 0",
        "substr(str='abc', start=2, end=1)~null~substr: End must be greater than start!",
        "get(item=dict())~null~get: either Field or Member should be specified.",
        "set(item=5, field='a', value=1)~null~"
            + "set: Item type int64 not supported. set() expects a dict",
        "regex_replace(source='a', re='(')~null~Unable to compile regex (",
        "regex_replace(source='a', re='a', replace_lambda='a a')~null~"
            + "regex_replace: Unable to compile lambda a a",
        "parse_string_with_regex(string='a', regex='(')~null~Unable to compile regex (",
        "commandline_split(command=\"a 'b\", bash_style=TRUE)~[]~"
            + "commandline_split: EOF found when expecting closing quote",
        "commandline_split(command='a \\\\', bash_style=TRUE)~[]~"
            + "commandline_split: EOF found after escape character",
        "commandline_split(command='a \"b\\\\', bash_style=TRUE)~[]~"
            + "commandline_split: EOF found after escape character",
        "filter(list='ab', regex='a)b')~[]~"
            + "Compile regexp: error parsing regexp: unexpected ): `(?i)a)b`",
        "serialize(item=1, format='xml')~null~serialize: Unknown format xml",
        "serialize(item=1, format='hex')~null~"
            + "serialize: Unsupported type for hex encoding int64",
        "crypto_rc4(string='a', key='')~false~Crypto_rc4: crypto/rc4: invalid key size 0",
        "gunzip(string='zz')~false~Gunzip: gzip: invalid header",
        "gunzip(string='')~false~Gunzip: EOF",
        "gunzip(string=unhex(string='1f8b08000000000000032b'))~false~Gunzip: unexpected EOF",
        "humanize(bytes='5')~false~Humanize: Field bytes should be an int not string.",
        "semver(version='x.y')~null~semver: invalid semantic version 'x.y'",
        "patch(item=dict(a=1))~null~patch: Either patch or merge must be provided.",
        "patch(item='{', merge=dict())~null~patch: unexpected end of JSON input",
        "all(items=1)~null~all: One of filter or regex must be provided",
        "cidr_contains(ip='10.0.0.1', ranges='10')~false~"
            + "cidr_contains: invalid CIDR address: 10",
        "url(parse='http://h:p/')~false~"
            + "url: parse \"http://h:p/\": invalid port \":p\" after host",
        "url(parse=':x')~false~url: parse \":x\": missing protocol scheme",
        "url(parse='http://h/%zz')~false~"
            + "url: parse \"http://h/%zz\": invalid URL escape \"%zz\"",
        "hash(path='a', accessor='data', hashselect='crc')~null~"
            + "hashselect option crc not recognized (should be md5, sha1, sha256)",
        "hash(path='a', accessor='data', hashselect='Sha1')~null~"
            + "hashselect option Sha1 not recognized (should be md5, sha1, sha256)",
        "parse_binary(accessor='data', filename='a', struct='S', profile='[')~null~"
            + "parse_binary: yaml: line 1: expected the node content, but found '<stream end>'",
        "hash(path='abcd', accessor='data', max_size=2, hashselect='md5').MD5~"
            + "\"d41d8cd98f00b204e9800998ecf8427e\"~"
            + "DEFAULT:Hash of abcd aborted due to exceeding size",
        "join()~false~join: Field array is required",
        "log(level='info')~false~log: Field message is required",
        "sleep(time='1')~false~sleep: Field time should be an int not string.",
        "eval(func='x=>x + * 2')~null~eval: Field func 1:8: unexpected token \"*\"",
        "eval(func='x=>')~null~eval: Field func 1:4: unexpected token \"<EOF>\"",
        "eval(func=2)~null~eval: Field func Got field type int64: VQL lambda functions need to be"
            + " a string of the form \"x=>...\"",
        "mock(plugin='info', results=1)~null~mock_check: Not running in test.",
        "mock_replay(plugin='info')~null~mock_check: Not running in test.",
        "mock_time(now=1)~null~mock_check: Not running in test.",
        "authenticode(filename='x')~null~VQL Function authenticode() is not implemented for this architecture (java)",
        "lowcase(text='A')~null~lowcase: Field string is required",
      })
  void logs(String expression, String value, String line) {
    Run run = Run.value(ENGINE, expression);
    assertThat(run.rows()).containsExactly("{\"X\":" + value + "}");
    assertThat(run.log()).containsExactly(line);
  }
}
