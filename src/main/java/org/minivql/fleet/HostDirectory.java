package org.minivql.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** Host descriptions in folders, one for each client. */
final class HostDirectory implements Hosts {
  private final Path root;
  private final JsonLines json;

  HostDirectory(Path root, JsonLines json) {
    this.root = root;
    this.json = json;
  }

  private Path host(String clientId) {
    return root.resolve(PathNames.encode(clientId));
  }

  @Override
  public boolean has(String clientId) {
    return Files.isDirectory(host(clientId));
  }

  @Override
  public Dict config(String clientId) {
    Path file = host(clientId).resolve("config.json");
    return Files.isRegularFile(file) ? json.file(file) : Dict.EMPTY;
  }

  @Override
  public boolean answer(String clientId, String plugin, Dict arguments, long call, Sink out) {
    Path mocks = host(clientId).resolve("mocks").resolve(plugin + ".jsonl");
    if (Files.isRegularFile(mocks)) {
      return mocked(mocks, arguments, call, out);
    }
    if (plugin.equals("info")) {
      Path info = host(clientId).resolve("info.json");
      if (Files.isRegularFile(info)) {
        out.row(json.file(info));
        return true;
      }
    }
    Path interfaces = host(clientId).resolve("interfaces.jsonl");
    if (plugin.equals("interfaces") && Files.isRegularFile(interfaces)) {
      json.read(interfaces, (row, line) -> out.row(row));
      return true;
    }
    return false;
  }

  /** Lines whose arguments fit take turns; the first of them answers the first call. */
  private boolean mocked(Path file, Dict arguments, long call, Sink out) {
    List<Dict> fitting = new ArrayList<>();
    json.read(
        file,
        (row, line) -> {
          if (fits(row.get("args"), arguments)) {
            fitting.add(row);
          }
          return true;
        });
    if (fitting.isEmpty()) {
      return false;
    }
    Dict answer = fitting.get((int) (call % fitting.size()));
    if (answer.get("rows") instanceof List<?> rows) {
      for (Object row : rows) {
        if (!out.row(row)) {
          break;
        }
      }
    }
    return true;
  }

  private static boolean fits(Object wanted, Dict arguments) {
    if (!(wanted instanceof Dict dict)) {
      return true;
    }
    for (String name : dict.shape().names()) {
      if (!Objects.equals(dict.get(name), arguments.get(name))) {
        return false;
      }
    }
    return true;
  }
}
