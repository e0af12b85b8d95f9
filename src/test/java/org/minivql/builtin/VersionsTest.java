package org.minivql.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minivql.Vql;
import org.minivql.testing.Run;

/** Published programs ask for the version of a call before they use its newer arguments. */
class VersionsTest {
  private static final Vql ENGINE = Vql.builder().build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alert 2",
        "artifact_set 2",
        "atexit 1",
        "background 1",
        "cache 2",
        "client_info 2",
        "client_set_metadata 3",
        "collect_client 3",
        "copy 3",
        "encode 3",
        "eval 2",
        "generate 3",
        "gunzip 2",
        "hash 3",
        "host 2",
        "humanize 2",
        "hunt 3",
        "hunt_add 2",
        "ip 2",
        "link_to 3",
        "log 2",
        "magic 1",
        "mail 2",
        "memoize 3",
        "now 2",
        "parse_binary 2",
        "parse_json 2",
        "parse_json_array 2",
        "parse_xml 2",
        "parse_yaml 2",
        "pathspec 2",
        "regex_replace 2",
        "semver 1",
        "send_event 2",
        "server_metadata 3",
        "sigma_log_sources 2",
        "strip 2",
        "template 2",
        "timestamp 2",
        "timestamp_format 1",
        "upload 3",
        "url 2",
        "verify 2",
        "dict 0",
        "format 0"
      })
  void functionSaysItsVersion(String nameAndVersion) {
    says("function", nameAndVersion);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "batch 2",
        "collect 2",
        "flows 3",
        "glob 3",
        "http_client 3",
        "hunts 2",
        "hunt_flows 2",
        "hunt_results 2",
        "mail 2",
        "parse_evtx 2",
        "parse_json_array 2",
        "parse_jsonl 2",
        "query 2",
        "source 2",
        "split_records 2",
        "stat 2",
        "unzip 2",
        "uploads 2",
        "watch_syslog 2",
        "write_jsonl 2",
        "range 0"
      })
  void pluginSaysItsVersion(String nameAndVersion) {
    says("plugin", nameAndVersion);
  }

  private static void says(String kind, String nameAndVersion) {
    String[] words = nameAndVersion.split(" ");
    Run run = Run.of(ENGINE, "SELECT version(" + kind + "='" + words[0] + "') AS V FROM scope()");
    assertThat(run.rows()).containsExactly("{\"V\":" + words[1] + "}");
  }
}
