package org.minivql.builtin.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.registry.ServerModel;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Sink;

/** What is stored of a flow, as {@code enumerate_flow()} shows it. */
final class FlowObjects {
  private final ServerModel server;
  private final String clientId;
  private final String flowId;
  private final List<Stored> objects = new ArrayList<>();
  private final List<OSPath> files = new ArrayList<>();

  /** One object; its members are found whatever the case of their names. */
  private record Stored(String type, Dict data) implements Members {
    private static final List<String> NAMES = List.of("type", "data", "error");

    @Override
    public Object member(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "type" -> type;
        case "data" -> data;
        case "error" -> "";
        default -> Absent.ABSENT;
      };
    }

    @Override
    public List<String> memberNames() {
      return NAMES;
    }
  }

  /** Finds what there is; nothing where there is no such flow. */
  FlowObjects(ServerModel server, String clientId, String flowId) {
    this.server = server;
    this.clientId = clientId;
    this.flowId = flowId;
    Dict flow = server.flows().get(clientId, flowId);
    if (flow != null) {
      find(flow);
    }
  }

  private void find(Dict flow) {
    server
        .results()
        .uploads(
            clientId,
            flowId,
            row -> {
              add("Upload", ((OSPath) UploadRows.shown((Dict) row).get("vfs_path")).components());
              return true;
            });
    List<String> folder = List.of("clients", clientId, "collections", flowId);
    file("UploadMetadata", folder, "uploads.json");
    file("UploadMetadataIndex", folder, "uploads.json.index");
    for (Object name : results(flow)) {
      results(String.valueOf(name));
    }
    file("Log", folder, "logs.json");
    file("LogIndex", folder, "logs.json.index");
    record("CollectionContext", folder.subList(0, 3), flowId + ".json.db", true);
    record("Task", folder, "task.db", false);
  }

  /** The names of the result sets; older flows only know what they were asked for. */
  private static List<?> results(Dict flow) {
    List<?> names = (List<?>) flow.get("artifacts_with_results");
    return names.isEmpty() ? (List<?>) ((Dict) flow.get("request")).get("artifacts") : names;
  }

  private void results(String name) {
    int slash = name.indexOf('/');
    String artifact = slash < 0 ? name : name.substring(0, slash);
    List<String> folder = new ArrayList<>(List.of("clients", clientId, "artifacts", artifact));
    String file = flowId;
    if (slash >= 0) {
      folder.add(flowId);
      file = name.substring(slash + 1);
    }
    boolean[] rows = new boolean[1];
    server.results().read(clientId, flowId, name, 0, 1, row -> rows[0] = true);
    if (rows[0] || server.files().find(path(folder, file + ".json")) != null) {
      add("Result", path(folder, file + ".json"));
    }
    file("ResultIndex", folder, file + ".json.index");
  }

  private static List<String> path(List<String> folder, String name) {
    List<String> path = new ArrayList<>(folder);
    path.add(name);
    return path;
  }

  private void file(String type, List<String> folder, String name) {
    if (server.files().find(path(folder, name)) != null) {
      add(type, path(folder, name));
    }
  }

  private void record(String type, List<String> folder, String name, boolean always) {
    if (always || server.files().find(path(folder, name)) != null) {
      OSPath place = OSPath.of(PathStyle.DATASTORE, path(folder, name));
      objects.add(new Stored(type, Dict.of("VFSPath", place)));
    }
  }

  private void add(String type, List<String> path) {
    OSPath place = OSPath.of(PathStyle.FILESTORE, path);
    files.add(place);
    objects.add(new Stored(type, Dict.of("VFSPath", place)));
  }

  /** Shows all of it. */
  void each(Sink out) {
    for (Stored object : objects) {
      if (!out.row(object)) {
        return;
      }
    }
  }

  /** Deletes the files. */
  void delete() {
    files.forEach(file -> server.files().delete(file.components()));
  }
}
