package org.minivql.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Operand;
import org.minivql.cli.command.Option;
import org.minivql.cli.command.Spec;
import org.minivql.cli.command.Status;
import org.minivql.cli.io.OutputFile;
import org.minivql.format.Json;
import org.minivql.registry.store.DurableStore;
import org.minivql.registry.store.StoreException;
import org.minivql.registry.store.StoreLines;
import org.minivql.value.Dict;

/** {@code vql store}: what a store on disk holds. */
final class StoreCommand implements Command {
  private static final Operand DIRECTORY = Operand.one("DIR", "The folder of the store.");

  @Override
  public Spec spec() {
    return new Spec(
        "store",
        "Look into a store of clients and labels, export it and fill it.",
        List.of("A store is what run --store keeps changes in."),
        List.of(),
        List.of());
  }

  @Override
  public List<String> subcommands() {
    return List.of("show", "export", "import");
  }

  @Override
  public Command subcommand(String name) {
    return switch (name) {
      case "show" -> new Showing();
      case "export" -> new Exporting();
      case "import" -> new Importing();
      default -> null;
    };
  }

  @Override
  public int run(Invocation call) {
    throw CommandException.cannotStart("no command given; see vql store --help");
  }

  private static DurableStore read(Invocation call) {
    return DurableStore.openToRead(call.console().path(call.operands().get(0)));
  }

  /** How much there is. */
  private static final class Showing implements Command {
    @Override
    public Spec spec() {
      return new Spec(
          "show",
          "Show how many entries the tables of a store have.",
          List.of(),
          List.of(DIRECTORY),
          List.of(
              Option.choice("format", List.of("text", "json"), "For people (text) or programs.")));
    }

    @Override
    public int run(Invocation call) throws IOException {
      Map<String, Long> sizes = new TreeMap<>();
      try (DurableStore store = read(call)) {
        for (String table : store.tables()) {
          if (store.size(table) > 0) {
            sizes.put(table, store.size(table));
          }
        }
      } catch (StoreException e) {
        throw CommandException.cannotStart(e.getMessage(), e);
      }
      StringBuilder out = new StringBuilder();
      if (call.value("format", "text").equals("json")) {
        out.append(Json.indented(Dict.of(sizes))).append('\n');
      } else {
        sizes.forEach(
            (table, size) -> out.append(String.format(Locale.ROOT, "%10d  %s%n", size, table)));
      }
      OutputFile.print(call.console(), out.toString());
      return Status.OK;
    }
  }

  /** Everything as lines. */
  private static final class Exporting implements Command {
    @Override
    public Spec spec() {
      return new Spec(
          "export",
          "Print a store as JSON lines.",
          List.of("A line has table, key and value; the lines are sorted."),
          List.of(DIRECTORY),
          List.of(Option.value("output", "FILE", "Print to a file.")));
    }

    @Override
    public int run(Invocation call) throws IOException {
      try (DurableStore store = read(call);
          OutputFile target = OutputFile.open(call.console(), call.value("output", null));
          Writer out = new OutputStreamWriter(target, StandardCharsets.UTF_8)) {
        StoreLines.export(store, out);
      } catch (StoreException e) {
        throw CommandException.cannotStart(e.getMessage(), e);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      return Status.OK;
    }
  }

  /** Lines into a store. */
  private static final class Importing implements Command {
    @Override
    public Spec spec() {
      return new Spec(
          "import",
          "Add exported JSON lines to a store, all or nothing.",
          List.of(),
          List.of(DIRECTORY, Operand.one("FILE", "What export printed.")),
          List.of());
    }

    @Override
    public int run(Invocation call) throws IOException {
      String name = call.operands().get(1);
      Path file = call.console().path(name);
      if (!Files.isRegularFile(file)) {
        throw CommandException.cannotStart("cannot read " + name + ": no such file");
      }
      try {
        // Before the store is opened, which would make one: a damaged file leaves none behind.
        StoreLines.check(file);
        long count;
        try (DurableStore store = DurableStore.open(call.console().path(call.operands().get(0)))) {
          count = StoreLines.load(store, file);
        }
        OutputFile.print(call.console(), count + " entries added\n");
      } catch (StoreException e) {
        throw CommandException.cannotStart(e.getMessage(), e);
      }
      return Status.OK;
    }
  }
}
