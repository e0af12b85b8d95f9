package org.minivql.fleet.directory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.minivql.fleet.layout.Folders;

/** Finds files in a fleet directory that nothing reads, such as one whose name is misspelt. */
final class Strays {
  private static final Set<String> ROOT =
      Set.of(
          "fleet.yaml",
          "clients.jsonl",
          "metadata.jsonl",
          "artifacts",
          "tables",
          "hunts.jsonl",
          "flows",
          "monitoring",
          "monitoring_logs",
          "notebooks",
          "hosts",
          "script.jsonl",
          "expect",
          "programs",
          "plan.json");
  private static final Set<String> TABLES = Set.of("server.yaml", "client.yaml");
  private static final Set<String> EXPECTED =
      Set.of(
          "labels.jsonl",
          "metadata.jsonl",
          "hunts.jsonl",
          "rows",
          "events",
          "effects.jsonl",
          "logs.yaml");
  private static final Set<String> FLOW =
      Set.of(
          "context.json",
          "results",
          "logs.jsonl",
          "uploads.jsonl",
          "upload_transactions.jsonl",
          "uploads");
  private static final Set<String> HOST =
      Set.of("info.json", "interfaces.jsonl", "config.json", "mocks", "evtx");

  private final Consumer<Path> out;

  private Strays(Consumer<Path> out) {
    this.out = out;
  }

  /** Looks where a few files say what the fleet is. */
  static void settings(Path root, Consumer<Path> out) {
    Strays strays = new Strays(out);
    strays.in(root, ROOT::contains);
    strays.in(root.resolve("artifacts"), name -> name.endsWith(".yaml") || name.endsWith(".yml"));
    strays.in(root.resolve("tables"), TABLES::contains);
    Path expected = root.resolve("expect");
    strays.in(expected, EXPECTED::contains);
    strays.in(expected.resolve("rows"), Strays::isLines);
    strays.in(expected.resolve("events"), Strays::isLines);
    strays.in(
        root.resolve("programs"), name -> name.endsWith(".vql") || name.endsWith(".rows.jsonl"));
  }

  /** Looks at the files of all flows, events, notebooks and hosts. */
  static void recordings(Path root, Consumer<Path> out) {
    Strays strays = new Strays(out);
    for (Path client : strays.folders(root.resolve("flows"))) {
      for (Path flow : strays.folders(client)) {
        strays.in(flow, FLOW::contains);
        strays.in(flow.resolve("results"), Strays::isLines);
      }
    }
    for (String events : List.of("monitoring", "monitoring_logs")) {
      for (Path owner : strays.folders(root.resolve(events))) {
        for (Path queue : strays.folders(owner)) {
          strays.in(queue, Strays::isLines);
        }
      }
    }
    for (Path notebook : strays.folders(root.resolve("notebooks"))) {
      strays.in(
          notebook,
          name -> name.equals("notebook.json") || Files.isDirectory(notebook.resolve(name)));
      for (Path cell : Folders.folders(notebook)) {
        if (!cell.endsWith("attach")) {
          strays.in(cell, name -> name.matches("query_\\d+\\.jsonl"));
        }
      }
    }
    for (Path host : strays.folders(root.resolve("hosts"))) {
      strays.in(host, HOST::contains);
      strays.in(host.resolve("mocks"), Strays::isLines);
      strays.in(
          host.resolve("evtx"), name -> name.endsWith(".evtx") || name.endsWith(".evtx.jsonl"));
    }
  }

  private static boolean isLines(String name) {
    return name.endsWith(".jsonl");
  }

  private List<Path> folders(Path folder) {
    List<Path> folders = new ArrayList<>();
    for (Path entry : Folders.list(folder, name -> true)) {
      if (Files.isDirectory(entry)) {
        folders.add(entry);
      } else {
        out.accept(entry);
      }
    }
    return folders;
  }

  private void in(Path folder, Predicate<String> known) {
    Folders.list(folder, known.negate()).forEach(out);
  }
}
