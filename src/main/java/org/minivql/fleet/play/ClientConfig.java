package org.minivql.fleet.play;

import java.util.List;
import java.util.Locale;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Members;

/**
 * The configuration of a client program as queries see it: a member is found by its name as it is
 * stored, {@code build_time}, and as the program has it, {@code BuildTime}.
 */
final class ClientConfig implements Members {
  private final Dict given;

  ClientConfig(Dict given) {
    this.given = given;
  }

  @Override
  public Object member(String name) {
    String found = given.has(name) ? name : other(name);
    if (found == null) {
      return Absent.ABSENT;
    }
    return given.get(found) instanceof Dict part ? new ClientConfig(part) : given.get(found);
  }

  private String other(String name) {
    String folded = fold(name);
    return given.memberNames().stream()
        .filter(stored -> fold(stored).equals(folded))
        .findFirst()
        .orElse(null);
  }

  private static String fold(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  @Override
  public List<String> memberNames() {
    return given.memberNames();
  }
}
