package org.minivql.registry.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/** What the tables of a store hold: what a line of an export can be. */
final class StoreTables {
  private static final Pattern ORG = Pattern.compile("org/[A-Za-z0-9_-]+/");

  private static final int SHOWN = 40;

  private static final Map<String, Class<?>> VALUES = values();

  /** The members of a record that its key is made of. */
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "clients", List.of("client_id"),
          "flows", List.of("client_id", "session_id"),
          "hunt_clients", List.of("HuntId", "ClientId"),
          "hunts", List.of("hunt_id"),
          "notebooks", List.of("notebook_id"));

  private StoreTables() {}

  private static Map<String, Class<?>> values() {
    Map<Class<?>, String> tables =
        Map.of(
            Dict.class,
            "cells clients events flows grants hunt_clients hunts logs metadata notebooks results"
                + " secrets tables timeline_events timelines tools uploads users",
            Long.class,
            "cells.size flow_order.next ids logs.size results.size uploads.size",
            String.class,
            "flow_order index orgs",
            Boolean.class,
            "clients_removed flows_removed removed_labels stale tasks",
            List.class,
            "events_removed");
    Map<String, Class<?>> values = new HashMap<>();
    tables.forEach(
        (kind, names) -> {
          for (String name : names.split(" ")) {
            values.put(name, kind);
          }
        });
    return Map.copyOf(values);
  }

  /** What is wrong with an entry, or null. */
  static String problem(String table, String key, Object value) {
    String name = ORG.matcher(table).replaceFirst("");
    Class<?> kind = VALUES.get(name);
    if (kind == null) {
      return "there is no table " + table;
    }
    if (!kind.isInstance(value)) {
      return "an entry of " + table + " is " + kindOf(kind) + ", not " + shown(value);
    }
    if (name.equals("events") && !(((Dict) value).get("_ts") instanceof Long)) {
      return "an event has its time in milliseconds as _ts";
    }
    List<String> members = KEYS.get(name);
    if (members != null) {
      Dict record = (Dict) value;
      String id =
          members.stream().map(m -> String.valueOf(record.get(m))).collect(Collectors.joining("/"));
      if (!id.equals(key)) {
        return "the key " + key + " of " + table + " is not its " + String.join("/", members);
      }
    }
    return null;
  }

  private static String kindOf(Class<?> kind) {
    if (kind == Dict.class) {
      return "an object";
    }
    if (kind == List.class) {
      return "a list";
    }
    return kind == Long.class ? "an integer" : kind == String.class ? "a text" : "true";
  }

  private static String shown(Object value) {
    String text = Json.text(value);
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}
