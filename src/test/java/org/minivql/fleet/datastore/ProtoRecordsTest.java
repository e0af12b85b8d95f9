package org.minivql.fleet.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/** The numbers that fields have in the binary form of records, and both forms of their values. */
class ProtoRecordsTest {
  private static final Map<String, Proto> RECORDS =
      Map.of("client", ProtoRecords.CLIENT, "flow", ProtoRecords.FLOW, "hunt", ProtoRecords.HUNT);

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static byte[] integer(int number, long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, (long) number << 3);
    varint(out, value);
    return out.toByteArray();
  }

  private static byte[] bytes(int number, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, (long) number << 3 | 2);
    varint(out, value.length);
    out.writeBytes(value);
    return out.toByteArray();
  }

  private static byte[] text(int number, String value) {
    return bytes(number, value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] fraction(int number, double value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, (long) number << 3 | 5);
    out.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat((float) value).array());
    return out.toByteArray();
  }

  /** The fields of records, each in the record that is at some place of another. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client | | text | client_id 1, hostname 3, fqdn 4, system 5, release 6, architecture 7,"
            + " ip_address 10, ping_time 19, client_version 12, client_name 13, build_time 24,"
            + " build_url 25, last_interrogate_flow_id 16, last_interrogate_artifact_name 21",
        "client | | texts | labels 15, mac_addresses 22",
        "client | | integer | ping 11, first_seen_at 20, install_time 26, last_hunt_timestamp 17,"
            + " last_event_table_version 18, labels_timestamp 23",
        "client | | bool | has_tasks 27",
        "flow | | text | client_id 27, session_id 13, backtrace 1, status 15",
        "flow | | texts | artifacts_with_results 22",
        "flow | | integer | create_time 3, start_time 18, active_time 17, inflight_time 36,"
            + " total_uploaded_files 23, total_expected_uploaded_bytes 25, total_uploaded_bytes 26,"
            + " total_collected_rows 28, total_logs 32, total_requests 35, outstanding_requests 31,"
            + " transactions_outstanding 37, next_response_id 30, execution_duration 29,"
            + " total_loads 33",
        "flow | | bool | user_notified 16, dirty 2",
        "flow | previous_flows 38 | text | session_id 13",
        "flow | request 11 | text | creator 1, user_data 30, client_id 3, flow_id 31",
        "flow | request 11 | texts | artifacts 2",
        "flow | request 11 | bool | urgent 21, summary 33, allow_custom_overrides 8",
        "flow | request 11 | integer | timeout 7, max_rows 22, max_logs 32, max_upload_bytes 23,"
            + " trace_freq_sec 29, log_batch_time 28",
        "flow | request 11 | number | cpu_limit 25, iops_limit 26, progress_timeout 27,"
            + " ops_per_second 6",
        "flow | request 11 specs 24 | text | artifact 1",
        "flow | request 11 specs 24 | number | cpu_limit 10",
        "flow | request 11 specs 24 | integer | max_batch_wait 7, max_batch_rows 8,"
            + " max_batch_rows_buffer 9, timeout 11",
        "flow | request 11 specs 24 parameters 2 env 3 | text | key 1, value 2, comment 3",
        "flow | query_stats 34 | text | error_message 2, backtrace 3, Artifact 10",
        "flow | query_stats 34 | texts | names_with_response 5",
        "flow | query_stats 34 | integer | duration 4, last_active 14, first_active 15,"
            + " log_rows 6, uploaded_files 11, uploaded_bytes 12, expected_uploaded_bytes 13,"
            + " result_rows 7, query_id 8, total_queries 9, transactions_outstanding 16",
        "flow | uploaded_files 24 | text | name 1, vfs_path 2, type 6",
        "flow | uploaded_files 24 | texts | components 5",
        "flow | uploaded_files 24 | integer | size 3, stored_size 4",
        "hunt | | text | hunt_id 1, creator 12, hunt_description 11",
        "hunt | | texts | tags 23, artifacts 17, artifact_sources 19, org_ids 22",
        "hunt | | integer | version 20, create_time 2, start_time 21, expires 10, client_limit 6",
        "hunt | start_request 16 | texts | artifacts 2",
        "hunt | condition 4 excluded_labels 4 | texts | label 1",
        "hunt | condition 4 labels 2 | texts | label 1",
        "hunt | stats 18 | integer | total_clients_scheduled 9, total_clients_with_results 14,"
            + " total_clients_without_results 16, total_clients_with_errors 15,"
            + " total_uploaded_bytes 18, total_collected_rows 19, total_finished_clients 20,"
            + " last_client_table_scan 17",
        "hunt | stats 18 | bool | stopped 1",
      })
  void fieldsHaveTheirNumbers(String record, String place, String kind, String fields) {
    for (String field : fields.split(", ")) {
      String[] words = field.strip().split(" ");
      int number = Integer.parseInt(words[1]);
      byte[] data =
          switch (kind) {
            case "text", "texts" -> text(number, "some");
            case "integer" -> integer(number, 1_600_000_000_000_000L);
            case "number" -> fraction(number, 0.5);
            default -> integer(number, 1);
          };
      String[] path = place == null ? new String[0] : place.split(" ");
      for (int i = path.length - 2; i >= 0; i -= 2) {
        data = bytes(Integer.parseInt(path[i + 1]), data);
      }

      Object at = RECORDS.get(record).binary(data);
      for (int i = 0; i < path.length; i += 2) {
        at = ((Dict) at).get(path[i]);
        at = at instanceof List<?> list ? list.get(0) : at;
      }

      Object wanted =
          switch (kind) {
            case "text" -> "some";
            case "texts" -> List.of("some");
            case "integer" -> 1_600_000_000_000_000L;
            case "number" -> 0.5;
            default -> true;
          };
      assertThat(((Dict) at).toMap()).as(field).isEqualTo(Map.of(words[0], wanted));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "flow, state, 14, UNSET RUNNING FINISHED ERROR IN_PROGRESS UNRESPONSIVE WAITING",
    "hunt, state, 8, UNSET PAUSED RUNNING STOPPED ARCHIVED DELETED",
  })
  void statesHaveTheirNumbers(String record, String name, int number, String states) {
    String[] all = states.split(" ");
    for (int i = 0; i < all.length; i++) {
      assertThat(RECORDS.get(record).binary(integer(number, i)).get(name)).isEqualTo(all[i]);
      assertThat(RECORDS.get(record).json(Dict.of(name, (long) i)).get(name)).isEqualTo(all[i]);
      assertThat(RECORDS.get(record).json(Dict.of(name, all[i])).get(name)).isEqualTo(all[i]);
    }
  }

  @Test
  void queriesAndSystemsHaveTheirNumbers() {
    String[] status = {"OK", "", "", "", "PROGRESS", "", "", "", "", "", "GENERIC_ERROR"};
    for (int i : new int[] {0, 4, 10}) {
      Dict flow = ProtoRecords.FLOW.binary(bytes(34, integer(1, i)));
      assertThat(flow.get("query_stats")).isEqualTo(List.of(Dict.of("status", status[i])));
    }
    Dict unknown = ProtoRecords.FLOW.binary(bytes(34, integer(1, 11)));
    assertThat(unknown.get("query_stats")).isEqualTo(List.of(Dict.of("status", "UNKNOWN_FLOW")));
    String[] systems = {"ALL", "WINDOWS", "LINUX", "OSX"};
    for (int i = 0; i < systems.length; i++) {
      Dict hunt = ProtoRecords.HUNT.binary(bytes(4, bytes(3, integer(1, i))));
      assertThat(hunt.get("condition")).isEqualTo(Dict.of("os", Dict.of("os", systems[i])));
    }
  }

  @Test
  void mapsHaveValuesOfTheirKindInBothForms() throws FormatException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String id : List.of("F.1", "F.2")) {
      ByteArrayOutputStream entry = new ByteArrayOutputStream();
      entry.writeBytes(text(1, id));
      if (id.equals("F.1")) {
        entry.writeBytes(integer(2, 1_600_000_000));
      }
      data.writeBytes(bytes(28, entry.toByteArray()));
    }
    data.writeBytes(bytes(29, text(1, "empty")));
    Dict flows = Dict.of("F.1", 1_600_000_000L, "F.2", 0L);
    Dict both = Dict.of("in_flight_flows", flows, "metadata", Dict.of("empty", ""));

    assertThat(ProtoRecords.CLIENT.binary(data.toByteArray())).isEqualTo(both);
    String json =
        "{\"inFlightFlows\":{\"F.1\":\"1600000000\",\"F.2\":\"0\"},\"metadata\":{\"empty\":\"\"}}";
    assertThat(ProtoRecords.CLIENT.json((Dict) Json.parse(json))).isEqualTo(both);
  }

  @Test
  void largeAndNegativeIntegersAreTextsInJson() throws FormatException {
    Dict given =
        (Dict)
            Json.parse(
                "{\"createTime\":\"1701175416907783\",\"startTime\":\"-1\",\"totalLogs\":7,"
                    + "\"unknown\":1,\"status\":null}");

    assertThat(ProtoRecords.FLOW.json(given))
        .isEqualTo(
            Dict.of("create_time", 1_701_175_416_907_783L, "start_time", -1L, "total_logs", 7L));
  }
}
