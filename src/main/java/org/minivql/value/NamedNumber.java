package org.minivql.value;

import java.util.List;

/**
 * An integer that also has a name: a month or a day of the week. It is written as the number; its
 * member {@code String} is the name.
 *
 * @since 0.1.0
 */
public record NamedNumber(long number, String name) implements Members {
  @Override
  public Object member(String member) {
    return member.equals("String") ? name : Absent.ABSENT;
  }

  @Override
  public List<String> memberNames() {
    return List.of();
  }
}
