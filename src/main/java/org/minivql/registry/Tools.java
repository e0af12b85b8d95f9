package org.minivql.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.minivql.registry.record.Form;
import org.minivql.registry.store.Store;
import org.minivql.value.Dict;

/**
 * The tools that were declared, with all members.
 *
 * @since 0.1.0
 */
public final class Tools {
  private static final String TABLE = "tools";

  private static final Form TOOL =
      Form.builder()
          .text("name", "url", "github_project", "github_asset_regex")
          .bool("serve_locally", "admin_override")
          .text("expected_hash", "version")
          .bool("materialize")
          .text("artifact", "filestore_path", "serve_url")
          .list("serve_urls")
          .text("serve_path", "filename", "hash", "invalid_hash")
          .list("versions")
          .build();

  private final Store store;

  Tools(Store store) {
    this.store = store;
  }

  /** Declares a tool; one of the same name and version makes way. */
  public Dict add(Dict given) {
    Dict tool = TOOL.expand(given);
    store.put(TABLE, key((String) tool.get("name"), (String) tool.get("version")), tool);
    return tool;
  }

  private static String key(String name, String version) {
    return name + "\n" + version;
  }

  /** A tool; the one of any version where the version is empty; null where there is none. */
  public Dict get(String name, String version) {
    if (!version.isEmpty()) {
      return (Dict) store.get(TABLE, key(name, version));
    }
    Dict[] last = new Dict[1];
    store.scan(
        TABLE,
        name + "\n",
        (key, tool) -> {
          last[0] = (Dict) tool;
          return true;
        });
    return last[0];
  }

  /** Visits the tools by name. */
  public boolean each(Predicate<Dict> visitor) {
    return store.scan(TABLE, "", (key, tool) -> visitor.test((Dict) tool));
  }

  /** Where in the file store the content of a tool lies that the server keeps itself. */
  public static List<String> file(String name) {
    return List.of("public", hash(name));
  }

  /** A tool with the place where clients find it. */
  public static Dict served(Dict tool) {
    return tool.toBuilder()
        .replace("filestore_path", hash((String) tool.get("name")))
        .replace("serve_url", tool.get("url"))
        .replace("serve_urls", List.of(tool.get("url")))
        .build();
  }

  private static String hash(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
