package org.minivql.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The cases where this project differs from the reference on purpose. */
public final class Deviations {
  private Deviations() {}

  /** The reason for each case, by its id. */
  public static Map<String, String> reasons() {
    try (InputStream in = Deviations.class.getResourceAsStream("deviations.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the list of deviations", e);
    }
  }
}
