package org.minivql.fleet.datastore;

import java.util.Locale;
import org.minivql.value.Dict;

/** The records that a server keeps in files. */
public final class ProtoRecords {
  private static final Proto PAIR = new Proto().text("key 1", "value 2", "comment 3");
  private static final Proto SPEC =
      new Proto()
          .text("artifact 1")
          .record("parameters 2", new Proto().record("env* 3", PAIR))
          .number("cpu_limit 10")
          .integer("max_batch_wait 7", "max_batch_rows 8", "max_batch_rows_buffer 9", "timeout 11");
  private static final Proto REQUEST =
      new Proto()
          .text("creator 1", "user_data 30", "client_id 3", "flow_id 31", "artifacts* 2")
          .bool("urgent 21", "summary 33", "allow_custom_overrides 8")
          .record("specs* 24", SPEC)
          .number("cpu_limit 25", "iops_limit 26", "progress_timeout 27", "ops_per_second 6")
          .integer(
              "timeout 7",
              "max_rows 22",
              "max_logs 32",
              "max_upload_bytes 23",
              "trace_freq_sec 29",
              "log_batch_time 28");
  private static final Proto STATS =
      new Proto()
          .choice(
              "status 1",
              "OK",
              "",
              "",
              "",
              "PROGRESS",
              "",
              "",
              "",
              "",
              "",
              "GENERIC_ERROR",
              "UNKNOWN_FLOW")
          .text("error_message 2", "backtrace 3", "names_with_response* 5", "Artifact 10")
          .integer(
              "duration 4",
              "last_active 14",
              "first_active 15",
              "log_rows 6",
              "uploaded_files 11",
              "uploaded_bytes 12",
              "expected_uploaded_bytes 13",
              "result_rows 7",
              "query_id 8",
              "total_queries 9",
              "transactions_outstanding 16");
  private static final Proto TABLE = new Proto().text("artifacts* 2").record("specs* 24", SPEC);
  private static final Proto LABELS = new Proto().text("label* 1");

  /** A client. */
  public static final Proto CLIENT =
      new Proto()
          .text(
              "client_id 1",
              "hostname 3",
              "fqdn 4",
              "system 5",
              "release 6",
              "architecture 7",
              "ip_address 10",
              "ping_time 19",
              "client_version 12",
              "client_name 13",
              "build_time 24",
              "build_url 25",
              "labels* 15",
              "mac_addresses* 22",
              "last_interrogate_flow_id 16",
              "last_interrogate_artifact_name 21")
          .integer(
              "ping 11",
              "first_seen_at 20",
              "install_time 26",
              "last_hunt_timestamp 17",
              "last_event_table_version 18",
              "labels_timestamp 23")
          .bool("has_tasks 27")
          .integers("in_flight_flows 28")
          .texts("metadata 29");

  /** The labels of a client in a file of their own. */
  static final Proto CLIENT_LABELS = new Proto().text("label* 2").integer("timestamp 1");

  /** The metadata of a client. */
  static final Proto METADATA = new Proto().record("items* 1", PAIR).text("client_id 2");

  /** A flow. */
  public static final Proto FLOW = flow().record("previous_flows* 38", flow());

  /** A hunt. */
  public static final Proto HUNT =
      new Proto()
          .text(
              "hunt_id 1",
              "creator 12",
              "hunt_description 11",
              "tags* 23",
              "artifacts* 17",
              "artifact_sources* 19",
              "org_ids* 22")
          .integer("version 20", "create_time 2", "start_time 21", "expires 10", "client_limit 6")
          .record("start_request 16", REQUEST)
          .record(
              "condition 4",
              new Proto()
                  .record("excluded_labels 4", LABELS)
                  .record("labels 2", LABELS)
                  .record("os 3", new Proto().choice("os 1", "ALL", "WINDOWS", "LINUX", "OSX")))
          .record(
              "stats 18",
              new Proto()
                  .integer(
                      "total_clients_scheduled 9",
                      "total_clients_with_results 14",
                      "total_clients_without_results 16",
                      "total_clients_with_errors 15",
                      "total_uploaded_bytes 18",
                      "total_collected_rows 19",
                      "total_finished_clients 20",
                      "last_client_table_scan 17")
                  .bool("stopped 1"))
          .choice("state 8", "UNSET", "PAUSED", "RUNNING", "STOPPED", "ARCHIVED", "DELETED");

  private static final Proto CELL =
      new Proto().text("notebook_id", "cell_id", "input", "output", "type").integer("timestamp");

  /** A notebook; its binary form is not known. */
  static final Proto NOTEBOOK =
      new Proto()
          .text("notebook_id", "name", "description", "creator", "collaborators*")
          .bool("public")
          .integer("created_time", "modified_time")
          .record("cell_metadata*", CELL);

  /** The server event table. */
  static final Proto SERVER_TABLE = TABLE;

  /** The client event table. */
  static final Proto CLIENT_TABLE =
      new Proto()
          .integer("version 1")
          .record("artifacts 2", TABLE)
          .record("label_events* 3", new Proto().text("label 1").record("artifacts 2", TABLE));

  private ProtoRecords() {}

  private static Proto flow() {
    return new Proto()
        .text(
            "client_id 27",
            "session_id 13",
            "backtrace 1",
            "status 15",
            "artifacts_with_results* 22")
        .record("request 11", REQUEST)
        .integer(
            "create_time 3",
            "start_time 18",
            "active_time 17",
            "inflight_time 36",
            "total_uploaded_files 23",
            "total_expected_uploaded_bytes 25",
            "total_uploaded_bytes 26",
            "total_collected_rows 28",
            "total_logs 32",
            "total_requests 35",
            "outstanding_requests 31",
            "transactions_outstanding 37",
            "next_response_id 30",
            "execution_duration 29",
            "total_loads 33")
        .choice(
            "state 14",
            "UNSET",
            "RUNNING",
            "FINISHED",
            "ERROR",
            "IN_PROGRESS",
            "UNRESPONSIVE",
            "WAITING")
        .record("query_stats* 34", STATS)
        .bool("user_notified 16", "dirty 2")
        .record(
            "uploaded_files* 24",
            new Proto()
                .text("name 1", "vfs_path 2", "components* 5", "type 6")
                .integer("size 3", "stored_size 4"));
  }

  /** The record of a hunt as an export has it, where the choice of a condition has a name. */
  public static Dict hunt(Dict given) {
    if (given.get("condition") instanceof Dict condition
        && condition.get("UnionField") instanceof Dict choice) {
      Dict.Builder flat = condition.toBuilder();
      choice.forEach((name, value) -> flat.replace(name.toLowerCase(Locale.ROOT), value));
      return HUNT.json(given.toBuilder().replace("condition", flat.build()).build());
    }
    return HUNT.json(given);
  }
}
