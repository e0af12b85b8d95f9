package org.minivql.builtin.parse;

import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.format.JsonReader;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.value.Dict;

/** Checks what was parsed against JSON Schemas. */
final class Schemas {
  private Schemas() {}

  /** Whether there is something to check against. */
  static boolean given(StringList schemas) {
    return schemas != null && !schemas.isEmpty();
  }

  /**
   * Checks a document against the first of some schemas, which may refer to the others by their
   * ids. Each violation is a line of the log.
   *
   * @param json the document as JSON
   * @param value the document
   * @param style how to read it again where defaults were added
   * @return the document, with the defaults of what it lacks; null where it violates the schema
   */
  static Dict checked(
      CallContext context, StringList schemas, String json, Dict value, JsonReader.Style style) {
    try {
      SchemaCheck.Outcome outcome =
          context
              .scope()
              .runState(schemas, () -> SchemaCheck.of(schemas, context.scope()))
              .check(json);
      outcome.violations().forEach(line -> context.append("ERROR:" + context.name() + ": " + line));
      if (!outcome.violations().isEmpty()) {
        return null;
      }
      return outcome.completed() == null ? value : (Dict) Json.parse(outcome.completed(), style);
    } catch (NoClassDefFoundError e) {
      throw new ArgumentException(
          "checking against a schema needs the library com.networknt:json-schema-validator");
    } catch (StackOverflowError e) {
      throw new ArgumentException("the schema refers to itself without an end");
    } catch (FormatException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    }
  }
}
