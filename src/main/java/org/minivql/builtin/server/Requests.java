package org.minivql.builtin.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.minivql.format.CsvRows;
import org.minivql.format.Json;
import org.minivql.registry.ServerModel;
import org.minivql.registry.event.Rule;
import org.minivql.registry.record.ArtifactInfo;
import org.minivql.registry.record.Forms;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.value.Dict;
import org.minivql.value.Materialized;
import org.minivql.value.StoredQuery;
import org.minivql.value.Timestamp;
import org.minivql.value.time.Times;

/** Makes the request of a collection out of the arguments of a call. */
final class Requests {
  private static final long MAX_UPLOAD_BYTES = 1_073_741_824;
  private static final List<String> LIMITS =
      List.of("cpu_limit", "timeout", "max_batch_wait", "max_batch_rows", "max_batch_rows_buffer");

  private final CallContext call;
  private final ServerModel server;

  Requests(CallContext call, ServerModel server) {
    this.call = call;
    this.server = server;
  }

  /**
   * A request for some artifacts.
   *
   * @param env parameters for every artifact, or null
   * @param spec parameters by artifact, or null
   * @param limits further members of the request
   */
  Dict request(List<String> artifacts, Dict env, Object spec, Dict limits) {
    Dict byArtifact = spec(spec);
    List<String> names = new ArrayList<>(artifacts);
    byArtifact.forEach((name, parameters) -> requireKnown(name));
    if (names.isEmpty()) {
      names.addAll(byArtifact.shape().names());
    }
    if (names.isEmpty()) {
      throw new ArgumentException("no artifacts to collect!");
    }
    List<Object> specs = new ArrayList<>();
    for (String name : names) {
      ArtifactInfo info = server.artifacts().find(name);
      if (info == null) {
        throw new ArgumentException("Unknown artifact " + name);
      }
      String problem = server.artifacts().problem(name);
      if (problem != null) {
        throw new ArgumentException(problem);
      }
      if (byArtifact.get(name) instanceof Dict parameters) {
        specs.add(one(info, parameters));
      } else if (env != null) {
        specs.add(one(info, env));
      }
    }
    Dict.Builder request = Dict.builder().setAll(limits);
    if (!(limits.get("max_upload_bytes") instanceof Long bytes && bytes > 0)) {
      request.set("max_upload_bytes", maxUploadBytes(names));
    }
    request.set("artifacts", List.copyOf(names)).set("specs", specs);
    return Forms.REQUEST.expand(request.build());
  }

  private long maxUploadBytes(List<String> names) {
    for (String name : names) {
      long limit = server.artifacts().find(name).maxUploadBytes();
      if (limit > 0) {
        return limit;
      }
    }
    return MAX_UPLOAD_BYTES;
  }

  /** Parameters by artifact; the stored form of a request's specs is accepted too. */
  private static Dict spec(Object given) {
    if (given instanceof Dict dict) {
      return dict;
    }
    Dict.Builder out = Dict.builder();
    for (Object item : given instanceof List<?> list ? list : List.of()) {
      if (item instanceof Dict stored && stored.get("artifact") instanceof String artifact) {
        Dict.Builder parameters = Dict.builder();
        if (stored.get("parameters") instanceof Dict p && p.get("env") instanceof List<?> env) {
          env.forEach(e -> parameters.set((String) ((Dict) e).get("key"), ((Dict) e).get("value")));
        }
        out.set(artifact, parameters.build());
      }
    }
    return out.build();
  }

  private void requireKnown(String artifact) {
    if (server.artifacts().find(artifact) == null) {
      throw new ArgumentException(
          "Parameter refers to an unknown artifact ("
              + artifact
              + "). The parameter should be of the form"
              + " {\"Custom.Artifact.Name\":{\"arg\":\"value\"}}");
    }
  }

  private Dict one(ArtifactInfo info, Dict parameters) {
    Dict.Builder spec = Dict.builder().set("artifact", info.name());
    List<Object> env = new ArrayList<>();
    for (Map.Entry<String, Object> entry : parameters.entries()) {
      ArtifactInfo.Parameter declared = info.parameters().get(entry.getKey());
      Object value = call.scope().operators().normalise(call.scope(), entry.getValue());
      if (declared != null) {
        String text = text(entry.getKey(), declared, value);
        if (text != null) {
          env.add(parameter(entry.getKey(), declared, text));
        }
      } else if (LIMITS.contains(entry.getKey())) {
        spec.set(entry.getKey(), value);
      } else {
        server
            .quirks()
            .warn(
                "Q-17",
                Rule.of(call.scope()).name(),
                null,
                info.name() + " has no parameter " + entry.getKey() + "; it is dropped silently");
      }
    }
    return spec.set("parameters", Dict.of("env", env)).build();
  }

  private static Dict parameter(String name, ArtifactInfo.Parameter declared, String text) {
    boolean redacted = declared.type().equals("redacted");
    return Dict.of(
        "key", name, "value", redacted ? "XXXXX" : text, "comment", redacted ? "redacted" : "");
  }

  /** The text that stands for a value; null for a value that cannot be one, which is told. */
  private String text(String name, ArtifactInfo.Parameter declared, Object value) {
    return switch (declared.type()) {
      case "int", "int64", "integer", "float" -> plain(value);
      case "bool" -> truth(value) ? "Y" : "";
      case "timestamp" -> time(value);
      case "csv", "artifactset" -> value instanceof String text ? text : csv(value);
      case "json", "json_array", "regex_array", "multichoice", "xml", "yaml" ->
          value instanceof String text ? text : Json.text(call.scope(), value);
      case "choices" -> choice(name, declared, value);
      default -> string(name, value);
    };
  }

  private String string(String name, Object value) {
    if (value instanceof String text) {
      return text;
    }
    call.log("Parameter " + name + " should be a string");
    return null;
  }

  private String choice(String name, ArtifactInfo.Parameter declared, Object value) {
    String text = string(name, value);
    if (text != null && !declared.choices().contains(text)) {
      call.log("Invalid choice for parameter " + name + ": " + text);
    }
    return text;
  }

  private String plain(Object value) {
    return value == null ? "" : call.scope().operators().text(call.scope(), value);
  }

  private boolean truth(Object value) {
    return value instanceof String text
        ? List.of("Y", "TRUE", "true", "True").contains(text)
        : call.scope().operators().truth(call.scope(), value);
  }

  private String time(Object value) {
    Timestamp time = Times.parse(call.scope(), value);
    return time == null ? plain(value) : Timestamp.utc(time.instant()).rfc3339();
  }

  private String csv(Object value) {
    StringBuilder out = new StringBuilder();
    CsvRows rows = new CsvRows(out);
    try {
      rows.begin();
      for (Object row : rows(value)) {
        rows.row((Dict) row);
      }
      rows.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private List<?> rows(Object value) {
    Object normal = value;
    if (value instanceof StoredQuery query) {
      List<Object> collected = new ArrayList<>();
      query.run(call.scope(), collected::add);
      normal = collected;
    } else if (value instanceof Materialized kept) {
      normal = kept.rows();
    }
    Stream<?> rows = normal instanceof List<?> many ? many.stream() : Stream.of(normal);
    return rows.filter(row -> row instanceof Dict).toList();
  }
}
