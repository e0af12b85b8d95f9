package org.minivql.fleet.play;

import java.util.List;
import org.minivql.value.Dict;

/** Parameters in the form in which requests and event tables keep them. */
final class Specs {
  private Specs() {}

  /** What is said of one artifact; empty where nothing is. */
  static Dict of(Dict table, String artifact) {
    for (Object spec : table.get("specs") instanceof List<?> specs ? specs : List.of()) {
      if (spec instanceof Dict dict && artifact.equals(dict.get("artifact"))) {
        return dict;
      }
    }
    return Dict.EMPTY;
  }

  /** The parameters of one artifact; empty where there are none. */
  static Dict parameters(Dict table, String artifact) {
    Dict.Builder out = Dict.builder();
    for (Object spec : table.get("specs") instanceof List<?> specs ? specs : List.of()) {
      if (spec instanceof Dict dict
          && artifact.equals(dict.get("artifact"))
          && dict.get("parameters") instanceof Dict parameters
          && parameters.get("env") instanceof List<?> env) {
        for (Object item : env) {
          if (item instanceof Dict pair) {
            out.set(String.valueOf(pair.get("key")), String.valueOf(pair.get("value")));
          }
        }
      }
    }
    return out.build();
  }
}
