package org.minivql.builtin.sigma;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/** The rules that come with the engine. */
final class OwnRules {
  private static final String FOLDER = "/org/minivql/sigma/";
  private static final Shape ROW = Shape.of("Name", "Rule");

  private OwnRules() {}

  @VqlPlugin(
      name = "sigma_rules",
      doc =
          "The Sigma rules for Windows logs that come with the engine, a row for each text with"
              + " one or more rules.",
      columns = {"Name", "Rule"},
      examples =
          "SELECT Name FROM sigma_rules() WHERE Rule =~ 'title: Event Log Cleared' =>"
              + " [{\"Name\":\"log_cleared.yml\"}]")
  static void sigmaRules(Sink out) {
    for (String name : text("index.txt").lines().toList()) {
      if (!out.row(Dict.over(ROW, name + ".yml", text(name + ".yml")))) {
        return;
      }
    }
  }

  private static String text(String name) {
    try (InputStream in = OwnRules.class.getResourceAsStream(FOLDER + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of this archive: " + name, e);
    }
  }
}
