package org.minivql.testing;

import java.util.ArrayList;
import java.util.List;
import org.minivql.spi.Catalog;
import org.minivql.spi.Signature;

/** The examples in the declarations of functions and plugins. */
public final class Examples {
  /** Whose examples there are. */
  public static final List<Catalog> CATALOGS =
      List.of(
          new org.minivql.builtin.text.GeneratedCatalog(),
          new org.minivql.builtin.encoding.GeneratedCatalog(),
          new org.minivql.builtin.number.GeneratedCatalog(),
          new org.minivql.builtin.time.GeneratedCatalog(),
          new org.minivql.builtin.collection.GeneratedCatalog(),
          new org.minivql.builtin.lambda.GeneratedCatalog(),
          new org.minivql.builtin.files.GeneratedCatalog(),
          new org.minivql.builtin.parse.GeneratedCatalog(),
          new org.minivql.builtin.control.GeneratedCatalog(),
          new org.minivql.builtin.binary.GeneratedCatalog(),
          new org.minivql.builtin.event.GeneratedCatalog(),
          new org.minivql.builtin.net.GeneratedCatalog(),
          new org.minivql.builtin.template.GeneratedCatalog(),
          new org.minivql.builtin.yara.GeneratedCatalog(),
          new org.minivql.builtin.crypto.GeneratedCatalog());

  private Examples() {}

  /**
   * An example.
   *
   * @param program the query
   * @param function whether its only row has the value of a function as X
   * @param expected the rows or the value, as JSON
   */
  public record Example(String program, boolean function, String expected) {}

  /** All of them. */
  public static List<Example> all() {
    List<Example> examples = new ArrayList<>();
    for (Catalog catalog : CATALOGS) {
      for (String name : catalog.functions()) {
        add(examples, catalog.function(name).signature());
      }
      for (String name : catalog.plugins()) {
        add(examples, catalog.plugin(name).signature());
      }
    }
    return examples;
  }

  private static void add(List<Example> examples, Signature signature) {
    boolean function = signature.kind() == Signature.Kind.FUNCTION;
    for (String example : signature.examples()) {
      int arrow = example.lastIndexOf(" => ");
      String text = example.substring(0, arrow);
      String query = function ? "SELECT (" + text + ") AS X FROM scope()" : text;
      examples.add(new Example(query, function, example.substring(arrow + 4)));
    }
  }
}
