package org.minivql.fleet.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.Folders;
import org.minivql.fleet.layout.JsonLines;
import org.minivql.fleet.layout.PathNames;
import org.minivql.fleet.layout.Same;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.Hosts;
import org.minivql.format.Json;
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
    // A host without event logs has none: it does not have those of this machine.
    return file(clientId, plugin) != null || plugin.equals("parse_evtx") && has(clientId);
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
      String clientId,
      String plugin,
      Dict arguments,
      ToLongFunction<String> calls,
      Sink out,
      Consumer<String> log) {
    Path file = file(clientId, plugin);
    if (file == null) {
      events(clientId, arguments.get("filename"), out, log);
    } else if (file.getParent().getFileName().toString().equals("mocks")) {
      mocked(file, arguments, calls, out);
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

  /** The first line whose arguments fit answers; it and those with the same ones take turns. */
  private void mocked(Path file, Dict arguments, ToLongFunction<String> calls, Sink out) {
    List<Dict> fitting = new ArrayList<>();
    mocks(
        file,
        answer -> {
          boolean first = fitting.isEmpty() && fits(answer.get("args"), arguments);
          if (first || !fitting.isEmpty() && given(answer).equals(given(fitting.get(0)))) {
            fitting.add(answer);
          }
        });
    if (fitting.isEmpty()) {
      return;
    }
    long call = calls.applyAsLong(file.getFileName() + " " + given(fitting.get(0)));
    for (Object row : (List<?>) fitting.get((int) (call % fitting.size())).get("rows")) {
      if (!out.row(row)) {
        return;
      }
    }
  }

  private void mocks(Path file, Consumer<Dict> out) {
    json.read(
        file,
        (answer, line) -> {
          if (!(answer.get("rows") instanceof List<?>)) {
            throw FleetException.at(
                file.toString(), line, 1, "there is no list of rows", Json.text(answer));
          }
          out.accept(answer);
          return true;
        });
  }

  private static Dict given(Dict answer) {
    return answer.get("args") instanceof Dict args ? args : Dict.EMPTY;
  }

  /** Reads all that hosts answer, for what cannot be read of it. */
  void check(Damage damage) {
    for (Path host : Folders.folders(root)) {
      for (Path file : Folders.list(host, name -> name.endsWith(".json"))) {
        damage.guarded(file, () -> json.file(file));
      }
      lines(host, ".jsonl", damage);
      lines(host.resolve("evtx"), ".evtx.jsonl", damage);
      for (Path file : Folders.list(host.resolve("mocks"), name -> name.endsWith(".jsonl"))) {
        damage.guarded(
            file,
            () -> {
              mocks(file, answer -> {});
              return true;
            });
      }
    }
  }

  private void lines(Path folder, String suffix, Damage damage) {
    for (Path file : Folders.list(folder, name -> name.endsWith(suffix))) {
      damage.guarded(file, () -> json.read(file, (row, line) -> true));
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
