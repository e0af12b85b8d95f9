package org.minivql.builtin.outside;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Effects;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Limit;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/** Programs of the host, started without a shell. */
final class Commands {
  /** What a process holds open for a query: its input, output and errors. */
  private static final int FILES = 3;

  /** A number of the system and its text, in the words of older and newer JDKs. */
  private static final Pattern SAID = Pattern.compile("error(?:=|: )\\d+(?:, | \\()([^)]+)\\)? *$");

  private Commands() {}

  @VqlPlugin(
      name = "execve",
      doc =
          "Runs a program of the host, never through a shell, and gives its output. Rows before the"
              + " last have a piece of Stdout (up to sep, or length bytes) or length bytes of Stderr."
              + " The last row has the rest of both, the ReturnCode and Complete = TRUE. The program"
              + " and its children are killed when the query ends before them.",
      columns = {"Stdout", "Stderr", "ReturnCode", "Complete"},
      permission = "EXECVE",
      version = 2)
  static void execve(
      CallContext context,
      Sink out,
      @Arg(value = "The program and its arguments.", required = true) StringList argv,
      @Arg("What separates the pieces of output that become rows.") String sep,
      @Arg(value = "The most bytes of output in a row.", defaultValue = "10240") long length,
      @Arg("Variables added to the environment of this process.") Dict env,
      @Arg("The folder to start the program in.") String cwd,
      @Arg("Managed secrets; not available.") String secret) {
    if (argv.isEmpty() || argv.get(0).isEmpty()) {
      throw new ArgumentException("argv should name a program to run");
    }
    if (secret != null && !secret.isEmpty()) {
      throw new ArgumentException("secrets are not available: " + secret);
    }
    Dict details =
        Dict.of("argv", argv, "cwd", cwd == null ? "" : cwd, "env", env == null ? Dict.EMPTY : env);
    if (!Effects.ask(context, Effects.Kind.EXECVE, String.join(" ", argv), details)) {
      return;
    }
    ProcessBuilder command = new ProcessBuilder(argv);
    if (cwd != null && !cwd.isEmpty()) {
      command.directory(folder(cwd));
    }
    if (env != null) {
      environment(context.scope(), command.environment(), env);
    }
    Scope scope = context.scope();
    scope.claim(Limit.FILES, FILES);
    try (RunningCommand running = RunningCommand.start(scope, command)) {
      running.rows(out, Bytes.encode(sep == null ? "" : sep), length);
    } catch (IOException e) {
      throw new ArgumentException(argv.get(0) + ": " + reason(e));
    } finally {
      scope.release(Limit.FILES, FILES);
    }
  }

  private static File folder(String name) {
    File folder = new File(name);
    if (!folder.isDirectory()) {
      throw new ArgumentException("chdir " + name + ": no such directory");
    }
    return folder;
  }

  private static void environment(Scope scope, Map<String, String> environment, Dict env) {
    try {
      for (Map.Entry<String, Object> entry : env.entries()) {
        environment.put(entry.getKey(), scope.operators().text(scope, entry.getValue()));
      }
    } catch (IllegalArgumentException e) {
      throw new ArgumentException("env: " + e.getMessage());
    }
  }

  /** What the system said, without the words that the platform puts around it. */
  private static String reason(IOException e) {
    Matcher said = SAID.matcher(String.valueOf(e.getMessage()));
    return said.find() ? said.group(1) : e.getMessage();
  }
}
