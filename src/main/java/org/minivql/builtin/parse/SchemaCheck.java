package org.minivql.builtin.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.RegularExpression;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Scope;

/** Schemas compiled for a run. */
final class SchemaCheck {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What names resources of this process. */
  private static final Set<String> LOCAL = Set.of("classpath", "resource");

  private final Schema schema;

  private SchemaCheck(Schema schema) {
    this.schema = schema;
  }

  /**
   * What came of a check.
   *
   * @param violations a line for each
   * @param completed the document with defaults, as JSON; null where none were added
   */
  record Outcome(List<String> violations, String completed) {}

  /** Compiles the first of some schemas; nothing but the others is looked up anywhere. */
  static SchemaCheck of(List<String> schemas, Scope scope) {
    Map<String, String> others = new HashMap<>();
    for (String text : schemas) {
      String id = id(parsed(text));
      if (!id.isEmpty()) {
        others.putIfAbsent(id, text);
      }
    }
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .locale(Locale.ROOT)
            .regularExpressionFactory(regex -> pattern(regex, scope))
            .build();
    try {
      return new SchemaCheck(
          SchemaRegistry.withDefaultDialect(
                  SpecificationVersion.DRAFT_2020_12,
                  registry ->
                      registry
                          .schemaRegistryConfig(config)
                          .schemaLoader(
                              loader ->
                                  loader
                                      .fetchRemoteResources(false)
                                      .block(iri -> LOCAL.contains(iri.getScheme())))
                          .schemas(others))
              .getSchema(schemas.get(0), InputFormat.JSON));
    } catch (SchemaException e) {
      throw refused(e);
    }
  }

  private static String id(JsonNode schema) {
    JsonNode id = schema.path("$id");
    return (id.isTextual() ? id : schema.path("id")).asText();
  }

  private static JsonNode parsed(String text) {
    try {
      Json.parse(text);
      return node(text);
    } catch (FormatException e) {
      throw new ArgumentException("schema: " + e.getMessage());
    }
  }

  private static JsonNode node(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ArgumentException(e.getOriginalMessage());
    }
  }

  private static ArgumentException refused(RuntimeException e) {
    return new ArgumentException("schema: " + e.getMessage());
  }

  /** Patterns take linear time, as everywhere in a program. */
  private static RegularExpression pattern(String regex, Scope scope) {
    try {
      com.google.re2j.Pattern pattern = scope.patterns().exact(regex);
      return text -> pattern.matcher(scope.watched(text)).find();
    } catch (com.google.re2j.PatternSyntaxException e) {
      throw new SchemaException(e.getMessage());
    }
  }

  Outcome check(String json) {
    JsonNode before = node(json);
    JsonNode document = before.deepCopy();
    try {
      List<Error> errors =
          schema
              .walk(
                  document,
                  true,
                  execution ->
                      execution.walkConfig(
                          walk ->
                              walk.applyDefaultsStrategy(
                                  defaults ->
                                      defaults
                                          .applyPropertyDefaults(true)
                                          .applyArrayDefaults(true))))
              .getErrors();
      return new Outcome(
          errors.stream().map(SchemaCheck::line).toList(),
          document.equals(before) ? null : document.toString());
    } catch (SchemaException e) {
      throw refused(e);
    }
  }

  private static String line(Error error) {
    String at = error.getInstanceLocation().toString();
    return (at.isEmpty() ? "" : at + ": ") + error.getMessage();
  }
}
