package org.minivql.artifact;

import java.util.List;

/**
 * The members of a definition: which there are, in which order they are shown, and what they hold.
 *
 * @param type the name used in messages about unknown members
 * @param fields the members in order
 */
record Schema(String type, List<Field> fields) {

  private static final Schema ENTRY =
      new Schema("VQLEnv", List.of(text("key"), text("value"), text("comment")));
  private static final Schema CELL =
      new Schema(
          "NotebookSourceCell",
          List.of(
              text("type"), text("template"), text("name"), text("output"), list("env", ENTRY)));
  private static final Schema SOURCE =
      new Schema(
          "ArtifactSource",
          List.of(
              text("name"),
              text("description"),
              text("precondition"),
              text("query"),
              texts("queries"),
              list("notebook", CELL)));
  private static final Schema PARAMETER =
      new Schema(
          "ArtifactParameter",
          List.of(
              text("name"),
              text("default"),
              text("description"),
              text("type"),
              texts("choices"),
              text("friendly_name"),
              text("validating_regex"),
              text("artifact_type"),
              bool("sources")));
  private static final Schema RESOURCES =
      new Schema(
          "Resources",
          List.of(
              integer("timeout"),
              number("ops_per_second"),
              number("cpu_limit"),
              number("iops_limit"),
              integer("max_rows"),
              integer("max_upload_bytes"),
              integer("max_batch_wait"),
              integer("max_batch_rows"),
              integer("max_batch_rows_buffer")));
  private static final Schema TOOL =
      new Schema(
          "Tool",
          List.of(
              text("name"),
              text("url"),
              text("github_project"),
              text("github_asset_regex"),
              bool("serve_locally"),
              bool("admin_override"),
              text("hash"),
              text("filename"),
              text("expected_hash"),
              text("version")));
  private static final Schema COLUMN =
      new Schema("ColumnType", List.of(text("name"), text("type"), text("description")));
  private static final Schema REPORT =
      new Schema(
          "Report",
          List.of(
              text("type"),
              text("name"),
              integer("timeout"),
              text("template"),
              list("parameters", PARAMETER)));
  private static final Schema METADATA =
      new Schema("ArtifactMetadata", List.of(bool("hidden"), bool("basic"), texts("tags")));

  /** A whole definition. */
  static final Schema ARTIFACT =
      new Schema(
          "Artifact",
          List.of(
              text("name"),
              texts("aliases"),
              text("description"),
              text("author"),
              texts("reference"),
              texts("references"),
              text("type"),
              text("precondition"),
              list("parameters", PARAMETER),
              list("sources", SOURCE),
              texts("imports"),
              text("export"),
              texts("required_permissions"),
              texts("implied_permissions"),
              text("impersonate"),
              message("resources", RESOURCES),
              list("tools", TOOL),
              list("column_types", COLUMN),
              list("reports", REPORT),
              system(text("raw")),
              system(bool("compiled")),
              system(bool("built_in")),
              system(bool("compiled_in")),
              system(bool("is_alias")),
              system(bool("is_inherited")),
              system(message("metadata", METADATA))));

  /** What a member holds. */
  enum Type {
    TEXT,
    INTEGER,
    NUMBER,
    BOOL,
    MESSAGE
  }

  /**
   * One member.
   *
   * @param name its name
   * @param type what it holds
   * @param repeated whether it is a list of that
   * @param message the members of a message, else null
   * @param system whether only the system sets it
   */
  record Field(String name, Type type, boolean repeated, Schema message, boolean system) {}

  Field field(String name) {
    for (Field field : fields) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private static Field text(String name) {
    return new Field(name, Type.TEXT, false, null, false);
  }

  private static Field texts(String name) {
    return new Field(name, Type.TEXT, true, null, false);
  }

  private static Field integer(String name) {
    return new Field(name, Type.INTEGER, false, null, false);
  }

  private static Field number(String name) {
    return new Field(name, Type.NUMBER, false, null, false);
  }

  private static Field bool(String name) {
    return new Field(name, Type.BOOL, false, null, false);
  }

  private static Field message(String name, Schema schema) {
    return new Field(name, Type.MESSAGE, false, schema, false);
  }

  private static Field list(String name, Schema schema) {
    return new Field(name, Type.MESSAGE, true, schema, false);
  }

  private static Field system(Field field) {
    return new Field(field.name(), field.type(), field.repeated(), field.message(), true);
  }
}
