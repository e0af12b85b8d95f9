package org.minivql.registry.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.minivql.registry.record.Forms;
import org.minivql.value.Dict;
import org.minivql.value.Shape;

/**
 * What is stored about one client; immutable.
 *
 * <p>Units: {@code first_seen_at} and {@code in_flight_flows} are seconds, {@code ping} and {@code
 * last_hunt_timestamp} microseconds, {@code labels_timestamp} and {@code last_event_table_version}
 * nanoseconds.
 *
 * @since 0.1.0
 */
public final class ClientRecord {
  /** The pseudo client that stands for the server. */
  public static final String SERVER = "server";

  private static final Shape ROW =
      Shape.of(
          "client_id",
          "agent_information",
          "os_info",
          "first_seen_at",
          "last_seen_at",
          "last_ip",
          "last_interrogate_flow_id",
          "last_interrogate_artifact_name",
          "labels",
          "last_hunt_timestamp",
          "last_event_table_version",
          "last_label_timestamp",
          "in_flight_flows");
  private static final Shape AGENT = Shape.of("version", "name", "build_time", "build_url");
  private static final Shape OS =
      Shape.of("system", "hostname", "release", "machine", "fqdn", "mac_addresses");

  private final Dict fields;

  private ClientRecord(Dict fields) {
    this.fields = fields;
  }

  /** A record of which only the id is known. */
  public static ClientRecord of(String clientId) {
    return new ClientRecord(Forms.CLIENT.zero()).with("client_id", clientId);
  }

  /** A record from stored fields; missing ones have their zero value. */
  public static ClientRecord of(Dict stored) {
    return new ClientRecord(Forms.CLIENT.expand(stored));
  }

  /** A record over fields that are all there. */
  static ClientRecord stored(Dict fields) {
    return new ClientRecord(Forms.CLIENT.expand(fields));
  }

  /** The record of the server itself. */
  static ClientRecord server() {
    return of(SERVER).with("hostname", "VelociraptorServer");
  }

  /** This record with one field changed. */
  public ClientRecord with(String field, Object value) {
    return new ClientRecord(Forms.CLIENT.with(fields, field, value));
  }

  /** This record with other labels, set at a time in nanoseconds. */
  ClientRecord withLabels(List<?> labels, long nanos) {
    return new ClientRecord(
        Forms.CLIENT.with(fields, "labels", List.copyOf(labels), "labels_timestamp", nanos));
  }

  /** The client's id. */
  public String clientId() {
    return text("client_id");
  }

  /** The labels in the order they were set, in the case they were first given; a copy. */
  public List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (Object label : (List<?>) fields.get("labels")) {
      labels.add(String.valueOf(label));
    }
    return labels;
  }

  /** Whether a label is set, in any case; {@code all} always is. */
  public boolean hasLabel(String label) {
    String folded = fold(label);
    return folded.equals("all") || labels().stream().anyMatch(l -> fold(l).equals(folded));
  }

  /** The form under which labels that differ in case are one. */
  public static String fold(String label) {
    return label.toLowerCase(Locale.ROOT);
  }

  /** The indexed metadata. */
  public Dict metadata() {
    return (Dict) fields.get("metadata");
  }

  /** A field that holds text. */
  public String text(String field) {
    return (String) fields.get(field);
  }

  /** A field that holds a number. */
  public long number(String field) {
    return (Long) fields.get(field);
  }

  /** All fields in declaration order. */
  public Dict fields() {
    return fields;
  }

  /**
   * The row that {@code clients()} shows: {@code client_id, agent_information, os_info,
   * first_seen_at (s), last_seen_at (µs), last_ip, …, labels, …, in_flight_flows}. The three
   * columns about hunts, event tables and label times are always 0.
   */
  public Dict row() {
    Dict agent =
        Dict.over(
            AGENT,
            fields.get("client_version"),
            fields.get("client_name"),
            fields.get("build_time"),
            fields.get("build_url"));
    Dict os =
        Dict.over(
            OS,
            fields.get("system"),
            fields.get("hostname"),
            fields.get("release"),
            fields.get("architecture"),
            fields.get("fqdn"),
            fields.get("mac_addresses"));
    return Dict.over(
        ROW,
        fields.get("client_id"),
        agent,
        os,
        fields.get("first_seen_at"),
        fields.get("ping"),
        fields.get("ip_address"),
        fields.get("last_interrogate_flow_id"),
        fields.get("last_interrogate_artifact_name"),
        fields.get("labels"),
        0L,
        0L,
        0L,
        fields.get("in_flight_flows"));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientRecord that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
