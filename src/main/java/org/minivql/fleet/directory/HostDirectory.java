package org.minivql.fleet.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.layout.PathNames;
import org.minivql.fleet.layout.Same;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.Hosts;
import org.minivql.format.evtx.Evtx;
import org.minivql.format.evtx.NotAnEventLogException;
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
  public boolean answers(String clientId, String plugin) {
    return file(clientId, plugin) != null
        || plugin.equals("parse_evtx") && Files.isDirectory(host(clientId).resolve("evtx"));
  }

  /** The file that has the answers of a plugin, or null. */
  private Path file(String clientId, String plugin) {
    Path host = host(clientId);
    List<Path> files = new ArrayList<>();
    files.add(host.resolve("mocks").resolve(plugin + ".jsonl"));
    if (plugin.equals("info")) {
      files.add(host.resolve("info.json"));
    } else if (plugin.equals("interfaces")) {
      files.add(host.resolve("interfaces.jsonl"));
    }
    return files.stream().filter(Files::isRegularFile).findFirst().orElse(null);
  }

  @Override
  public void answer(
      String clientId, String plugin, Dict arguments, long call, Sink out, Consumer<String> log) {
    Path file = file(clientId, plugin);
    if (file == null) {
      events(clientId, arguments.get("filename"), out, log);
    } else if (file.getParent().getFileName().toString().equals("mocks")) {
      mocked(file, arguments, call, out);
    } else if (plugin.equals("info")) {
      out.row(json.file(file));
    } else {
      json.read(file, (row, line) -> out.row(row));
    }
  }

  /** The records of event logs, each found by the last part of its name. */
  private void events(String clientId, Object filename, Sink out, Consumer<String> log) {
    List<?> names = filename instanceof List<?> list ? list : List.of(String.valueOf(filename));
    boolean[] wanted = {true};
    Sink until =
        row -> {
          wanted[0] = out.row(row);
          return wanted[0];
        };
    for (Object name : names) {
      if (wanted[0]) {
        events(clientId, name.toString().replace('\\', '/'), until, log);
      }
    }
  }

  private void events(String clientId, String name, Sink out, Consumer<String> log) {
    String base = name.substring(name.lastIndexOf('/') + 1);
    Path folder = host(clientId).resolve("evtx");
    Path rows = folder.resolve(base + ".jsonl");
    Path file = folder.resolve(base);
    if (Files.isRegularFile(rows)) {
      json.read(rows, (row, line) -> out.row(row));
    } else if (Files.isRegularFile(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        Evtx.read(
            in,
            record -> out.row(record.row()),
            (at, problem) -> log.accept(name + ": at offset " + at + ": " + problem));
      } catch (NotAnEventLogException e) {
        log.accept("Unable to parse file " + name + ": " + e.getMessage());
      } catch (IOException e) {
        throw FleetException.in(file.toString(), JsonLines.reason(e));
      }
    }
  }

  /** Lines whose arguments fit take turns; the first of them answers the first call. */
  private void mocked(Path file, Dict arguments, long call, Sink out) {
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
      return;
    }
    Dict answer = fitting.get((int) (call % fitting.size()));
    if (answer.get("rows") instanceof List<?> rows) {
      for (Object row : rows) {
        if (!out.row(row)) {
          return;
        }
      }
    }
  }

  private static boolean fits(Object wanted, Dict arguments) {
    if (!(wanted instanceof Dict dict)) {
      return true;
    }
    for (String name : dict.shape().names()) {
      if (!arguments.has(name) || !Same.values(dict.get(name), Same.plain(arguments.get(name)))) {
        return false;
      }
    }
    return true;
  }
}
