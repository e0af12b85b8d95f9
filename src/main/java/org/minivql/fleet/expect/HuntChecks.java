package org.minivql.fleet.expect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.minivql.fleet.layout.Same;
import org.minivql.fleet.play.World;
import org.minivql.format.Json;
import org.minivql.value.Dict;

/** Compares hunts: found by description or id, only by the members that are given. */
final class HuntChecks {
  private HuntChecks() {}

  static List<String> of(List<Dict> expected, World world) {
    List<String> failures = new ArrayList<>();
    List<Dict> hunts = new ArrayList<>();
    world.model().hunts().each(hunts::add);
    for (Dict wanted : expected) {
      Dict found = find(wanted, hunts);
      if (found == null) {
        failures.add("hunts.jsonl: there is no such hunt: " + Json.text(wanted));
        continue;
      }
      Dict members = wanted.toBuilder().remove("participants").build();
      Dict actual = (Dict) Same.plain(found);
      if (!Same.members(members, actual)) {
        failures.add(
            "hunts.jsonl:\n  - "
                + Json.text(members)
                + "\n  + "
                + Json.text(only(members, actual)));
      }
      if (wanted.get("participants") instanceof List<?> list) {
        participants(list, found, world, failures);
      }
    }
    return failures;
  }

  /** The expectations with what is true; those of hunts that are not there stay. */
  static List<Dict> updated(List<Dict> expected, World world) {
    List<Dict> hunts = new ArrayList<>();
    world.model().hunts().each(hunts::add);
    List<Dict> updated = new ArrayList<>();
    for (Dict wanted : expected) {
      Dict found = find(wanted, hunts);
      if (found == null) {
        updated.add(wanted);
        continue;
      }
      Dict.Builder out = only(wanted, (Dict) Same.plain(found)).toBuilder();
      if (wanted.has("participants")) {
        out.replace("participants", List.<Object>copyOf(clients(found, world)));
      }
      updated.add(out.build());
    }
    return updated;
  }

  private static Set<String> clients(Dict hunt, World world) {
    Set<String> clients = new TreeSet<>();
    world
        .model()
        .hunts()
        .members(
            (String) hunt.get("hunt_id"), row -> clients.add(String.valueOf(row.get("ClientId"))));
    return clients;
  }

  private static Dict find(Dict wanted, List<Dict> hunts) {
    String key = wanted.has("hunt_description") ? "hunt_description" : "hunt_id";
    for (Dict hunt : hunts) {
      if (hunt.get(key).equals(wanted.get(key))) {
        return hunt;
      }
    }
    return null;
  }

  private static Dict only(Dict members, Dict actual) {
    Dict.Builder out = Dict.builder();
    members.shape().names().forEach(name -> out.set(name, actual.get(name)));
    return out.build();
  }

  private static void participants(List<?> wanted, Dict hunt, World world, List<String> failures) {
    Set<String> expected = new TreeSet<>();
    wanted.forEach(id -> expected.add(String.valueOf(id)));
    Set<String> actual = clients(hunt, world);
    if (!expected.equals(actual)) {
      failures.add(
          "hunts.jsonl: participants of "
              + hunt.get("hunt_description")
              + "\n  - "
              + expected
              + "\n  + "
              + actual);
    }
  }
}
