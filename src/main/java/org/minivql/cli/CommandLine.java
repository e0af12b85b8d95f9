package org.minivql.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minivql.analysis.Spelling;
import org.minivql.cli.command.Arguments;
import org.minivql.cli.command.Command;
import org.minivql.cli.command.CommandException;
import org.minivql.cli.command.Console;
import org.minivql.cli.command.Help;
import org.minivql.cli.command.Invocation;
import org.minivql.cli.command.Status;
import org.minivql.cli.io.InputFiles;
import org.minivql.cli.io.Log;
import org.minivql.cli.io.OutputFile;

/** Finds the command that the words name, runs it, and says what went wrong. */
final class CommandLine {
  private static final Map<String, String> OPTIONAL =
      Map.of(
          "org/jline/", "org.jline:jline",
          "org/h2/mvstore/", "com.h2database:h2-mvstore",
          "picocli/", "info.picocli:picocli");

  private final Command root;
  private final Console console;

  CommandLine(Command root, Console console) {
    this.root = root;
    this.console = console;
  }

  /** Runs one command line; answers the exit status. */
  int run(List<String> words) {
    try {
      return dispatch(words);
    } catch (CommandException e) {
      return fail(e.getMessage(), e.status(), e, words);
    } catch (IOException e) {
      return isBrokenPipe(e) ? Status.OK : fail(InputFiles.reason(e), Status.FAILED, e, words);
    } catch (NoClassDefFoundError e) {
      return fail(missing(e), Status.CANNOT_START, e, words);
    } catch (RuntimeException | StackOverflowError e) {
      return fail("internal error: " + e, Status.FAILED, e, words);
    }
  }

  /** Which library a part needs that was left out. */
  private static String missing(NoClassDefFoundError e) {
    String name = String.valueOf(e.getMessage()).replace('.', '/');
    for (Map.Entry<String, String> part : OPTIONAL.entrySet()) {
      if (name.contains(part.getKey())) {
        return "this command needs the library " + part.getValue();
      }
    }
    return "internal error: " + e;
  }

  private int dispatch(List<String> words) throws IOException {
    boolean asksHelp = false;
    Command command = root;
    StringBuilder path = new StringBuilder(root.spec().name());
    List<String> options = new ArrayList<>();
    int at = 0;
    while (at < words.size() && !command.subcommands().isEmpty()) {
      String word = words.get(at);
      if (Arguments.isOption(word)) {
        options.add(word);
        at++;
        continue;
      }
      if (word.equals("help")) {
        asksHelp = true;
        at++;
        continue;
      }
      checkBefore(command, options);
      Command next = command.subcommand(word);
      if (next == null) {
        throw unknown(command, word);
      }
      path.append(' ').append(word);
      command = next;
      at++;
    }
    if (asksHelp) {
      return help(command, path.toString());
    }
    options.addAll(words.subList(at, words.size()));
    Invocation call = Arguments.parse(command.spec(), options, console);
    return call.has("help") ? help(command, path.toString()) : command.run(call);
  }

  /** Options before a command are those that every command has. */
  private static void checkBefore(Command command, List<String> options) {
    for (String option : options) {
      if (command.subcommands().stream().noneMatch(name -> takes(command, name, option))) {
        Arguments.parse(command.spec(), List.of(option), null);
      } else if (!option.matches("--help|-h|--debug")) {
        throw CommandException.cannotStart("unexpected " + option + ": options follow the command");
      }
    }
  }

  private static boolean takes(Command command, String name, String option) {
    String word = option.split("=", 2)[0];
    return command.subcommand(name).spec().allOptions().stream()
        .anyMatch(known -> word.equals("--" + known.name()) || word.equals("-" + known.letter()));
  }

  private CommandException unknown(Command command, String word) {
    String near = Spelling.closest(word, command.subcommands());
    String hint = near == null ? "; see --help" : "; did you mean " + near + "?";
    if (command == root && word.indexOf(' ') >= 0) {
      hint = "; a text is run by vql query";
    } else if (command == root && near == null && Files.isRegularFile(console.path(word))) {
      hint = "; a file is run by vql run";
    }
    return CommandException.cannotStart("unknown command " + word + hint);
  }

  private int help(Command command, String path) throws IOException {
    OutputFile.print(console, Help.page(command, path, console.width()));
    return Status.OK;
  }

  private int fail(String message, int status, Throwable error, List<String> words) {
    Log log = new Log(console, false, false);
    log.error("vql: " + message);
    if (words.contains("--debug")) {
      error.printStackTrace(console.err());
    }
    return status;
  }

  private static boolean isBrokenPipe(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("Broken pipe") || message.contains("EPIPE");
  }
}
