package org.minivql.registry.record;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The forms of the stored records.
 *
 * @since 0.1.0
 */
public final class Forms {
  /** Parameters of one artifact in a request. */
  static final Form PARAMETER = Form.builder().text("key", "value", "comment").build();

  private static final Form PARAMETERS = Form.builder().records("env", PARAMETER).build();

  /** What is asked of one artifact. */
  public static final Form SPEC =
      Form.builder()
          .text("artifact")
          .record("parameters", PARAMETERS)
          .number("cpu_limit")
          .integer("max_batch_wait", "max_batch_rows", "max_batch_rows_buffer", "timeout")
          .build();

  /** What a flow was asked to do. */
  public static final Form REQUEST =
      Form.builder()
          .text("creator", "user_data", "client_id", "flow_id")
          .bool("urgent", "summary")
          .list("artifacts")
          .records("specs", SPEC)
          .number("cpu_limit", "iops_limit", "progress_timeout")
          .integer("timeout", "max_rows", "max_logs", "max_upload_bytes", "trace_freq_sec")
          .bool("allow_custom_overrides")
          .integer("log_batch_time")
          .list("compiled_collector_args")
          .number("ops_per_second")
          .build();

  /** How one query of a flow went. Durations in ns, times in µs. */
  public static final Form STATS =
      Form.builder()
          .choice(
              "status", choices("OK", 0, "PROGRESS", 4, "GENERIC_ERROR", 10, "UNKNOWN_FLOW", 11))
          .text("error_message", "backtrace")
          .integer("duration", "last_active", "first_active")
          .list("names_with_response")
          .text("Artifact")
          .integer("log_rows", "uploaded_files", "uploaded_bytes", "expected_uploaded_bytes")
          .integer("result_rows", "query_id", "total_queries", "transactions_outstanding")
          .build();

  /** A flow. Times in µs, {@code inflight_time} in s, {@code execution_duration} in ns. */
  public static final Form FLOW =
      Form.builder()
          .text("client_id", "session_id")
          .record("request", REQUEST)
          .list("previous_flows")
          .text("backtrace")
          .integer("create_time", "start_time", "active_time", "inflight_time")
          .integer("total_uploaded_files", "total_expected_uploaded_bytes", "total_uploaded_bytes")
          .integer("total_collected_rows", "total_logs", "total_requests", "outstanding_requests")
          .integer("transactions_outstanding", "next_response_id", "execution_duration")
          .choice(
              "state",
              choices(
                  "UNSET",
                  0,
                  "RUNNING",
                  1,
                  "FINISHED",
                  2,
                  "ERROR",
                  3,
                  "IN_PROGRESS",
                  4,
                  "UNRESPONSIVE",
                  5,
                  "WAITING",
                  6))
          .text("status")
          .list("artifacts_with_results")
          .records("query_stats", STATS)
          .list("uploaded_files")
          .bool("user_notified")
          .list("logs")
          .bool("dirty")
          .integer("total_loads")
          .build();

  /** A client record. Units: see {@code ClientRecord}. */
  public static final Form CLIENT =
      Form.builder()
          .text("client_id", "hostname", "fqdn", "system", "release", "architecture", "ip_address")
          .integer("ping")
          .text("ping_time", "client_version", "client_name")
          .integer("first_seen_at")
          .text("build_time", "build_url")
          .integer("install_time")
          .list("labels", "mac_addresses")
          .bool("has_tasks")
          .text("last_interrogate_flow_id", "last_interrogate_artifact_name")
          .integer("last_hunt_timestamp", "last_event_table_version", "labels_timestamp")
          .dict("in_flight_flows", "metadata")
          .build();

  private static final Form LABELS = Form.builder().list("label").build();

  private static final Form OS =
      Form.builder().choice("os", choices("ALL", 0, "WINDOWS", 1, "LINUX", 2, "OSX", 3)).build();

  private static final Form CONDITION =
      Form.builder()
          .record("excluded_labels", LABELS)
          .alternative("labels", LABELS)
          .alternative("os", OS)
          .build();

  private static final Form HUNT_STATS =
      Form.builder()
          .integer("total_clients_scheduled", "total_clients_with_results")
          .integer("total_clients_without_results", "total_clients_with_errors")
          .integer("total_uploaded_bytes", "total_collected_rows", "total_finished_clients")
          .bool("stopped")
          .dict("available_downloads")
          .integer("last_client_table_scan")
          .build();

  private static final Map<String, Long> HUNT_STATES =
      choices("UNSET", 0, "PAUSED", 1, "RUNNING", 2, "STOPPED", 3, "ARCHIVED", 4, "DELETED", 5);

  private static final Form ASSIGNMENT = Form.builder().text("client_id", "flow_id").build();

  /** What is to change in a hunt. {@code expires} in µs. */
  public static final Form MUTATION =
      Form.builder()
          .text("hunt_id")
          .record("stats", HUNT_STATS)
          .choice("state", HUNT_STATES)
          .text("description")
          .record("assignment", ASSIGNMENT)
          .integer("expires")
          .list("tags")
          .build();

  /** A hunt. {@code version} in ns, other times in µs. */
  public static final Form HUNT =
      Form.builder()
          .text("hunt_id")
          .integer("version", "create_time")
          .text("creator")
          .integer("start_time", "expires")
          .text("hunt_description")
          .list("tags")
          .record("start_request", REQUEST)
          .record("condition", CONDITION)
          .integer("client_limit")
          .record("stats", HUNT_STATS)
          .list("artifacts", "artifact_sources")
          .choice("state", HUNT_STATES)
          .list("org_ids")
          .build();

  /** A table of artifacts that run for ever. */
  public static final Form TABLE = Form.builder().list("artifacts").records("specs", SPEC).build();

  /** The part of the client event table for a label. */
  public static final Form LABEL_TABLE =
      Form.builder().text("label").record("artifacts", TABLE).build();

  /** The client event table; {@code version} in ns. */
  public static final Form CLIENT_TABLE =
      Form.builder()
          .integer("version")
          .record("artifacts", TABLE)
          .records("label_events", LABEL_TABLE)
          .build();

  /** What is kept about an artifact beside its definition. */
  public static final Form ARTIFACT_METADATA =
      Form.builder().bool("hidden", "basic").list("tags").build();

  /** One cell of a notebook. {@code timestamp} in s. */
  public static final Form CELL =
      Form.builder()
          .text("notebook_id", "cell_id", "input", "output", "type")
          .integer("timestamp")
          .list("messages")
          .text("error")
          .build();

  /** A notebook. Times in s. */
  public static final Form NOTEBOOK =
      Form.builder()
          .text("notebook_id", "name", "description", "creator")
          .list("collaborators")
          .bool("public")
          .integer("created_time", "modified_time")
          .records("cell_metadata", CELL)
          .list("artifacts", "timelines")
          .build();

  private static final Form TIMELINE =
      Form.builder()
          .integer("start_time", "end_time")
          .text("id", "timestamp_column", "message_column", "timestamp_description_column")
          .build();

  /** A timeline made of others. Times in ns. */
  public static final Form SUPER_TIMELINE =
      Form.builder().text("name").records("timelines", TIMELINE).build();

  private Forms() {}

  private static Map<String, Long> choices(Object... namesAndNumbers) {
    Map<String, Long> choices = new LinkedHashMap<>();
    for (int i = 0; i < namesAndNumbers.length; i += 2) {
      choices.put((String) namesAndNumbers[i], ((Integer) namesAndNumbers[i + 1]).longValue());
    }
    return choices;
  }
}
