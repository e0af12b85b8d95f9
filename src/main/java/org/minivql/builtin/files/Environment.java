package org.minivql.builtin.files;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.Machine;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Shape;
import org.minivql.value.Sink;
import org.minivql.value.time.Times;

/** The machine and the process the query runs in, as far as the host shows them. */
final class Environment {
  private static final String DENIED = "VELOCIRAPTOR_";

  private static final Shape INFO =
      Shape.of(
          "Hostname",
          "Uptime",
          "BootTime",
          "OS",
          "Platform",
          "PlatformFamily",
          "PlatformVersion",
          "KernelVersion",
          "VirtualizationSystem",
          "VirtualizationRole",
          "CompilerVersion",
          "HostID",
          "Exe",
          "CWD",
          "IsAdmin",
          "ClientStart",
          "LocalTZ",
          "LocalTZOffset",
          "Fqdn",
          "Architecture");

  private Environment() {}

  @VqlPlugin(
      name = "info",
      permission = "MACHINE_STATE",
      doc =
          "One row about the machine. Without a host that tells more, what would identify it is"
              + " empty.",
      columns = {"Hostname", "OS", "Platform", "Architecture", "Fqdn"})
  static void info(CallContext context, Sink out) {
    out.row(about(context.scope()));
  }

  @VqlFunction(
      name = "info",
      permission = "MACHINE_STATE",
      doc = "What the plugin info() says about the machine, as a dict.")
  static Object info(CallContext context) {
    return about(context.scope());
  }

  /** Without the service only what every Java process knows, and nothing that identifies it. */
  private static Dict about(Scope scope) {
    Machine machine = scope.service(Machine.class);
    if (machine != null) {
      return machine.info();
    }
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "");
    String name = os.contains("win") ? "windows" : os.contains("mac") ? "darwin" : "linux";
    return Dict.over(
        INFO,
        "localhost",
        0L,
        0L,
        name,
        name,
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        false,
        Times.ZERO,
        "UTC",
        0L,
        "localhost",
        arch.equals("aarch64") ? "arm64" : arch.equals("x86_64") ? "amd64" : arch);
  }

  private static Map<String, String> variables(Scope scope) {
    Machine machine = scope.service(Machine.class);
    return machine == null ? Map.of() : machine.environment();
  }

  @VqlFunction(
      name = "environ",
      permission = "MACHINE_STATE",
      onError = ErrorValue.FALSE,
      doc = "The value of an environment variable, or the empty string.",
      examples = "environ(var='NO_SUCH_VARIABLE') => \"\"")
  static Object environ(
      CallContext context, @Arg(value = "The name of the variable.", required = true) String var) {
    if (var.startsWith(DENIED) && var.endsWith("CONFIG")) {
      context.log("access to env var " + var + " is denied");
      return false;
    }
    return variables(context.scope()).getOrDefault(var, "");
  }

  @VqlPlugin(
      name = "environ",
      permission = "MACHINE_STATE",
      doc = "One row with a column for each environment variable; no row where none is set.")
  static void environRow(
      CallContext context, Sink out, @Arg("The names; all where not given.") StringList vars) {
    Map<String, String> all = variables(context.scope());
    Map<String, Object> row = new LinkedHashMap<>();
    boolean any = false;
    for (String name : vars == null ? all.keySet() : vars) {
      if (!(name.startsWith(DENIED) && name.endsWith("CONFIG"))) {
        row.put(name, all.get(name));
        any |= all.containsKey(name);
      }
    }
    if (any) {
      Shape anyCase = Shape.foldedOf(List.copyOf(row.keySet()));
      out.row(Dict.over(anyCase, row.values().toArray()));
    }
  }

  @VqlFunction(name = "getpid", doc = "The id of the process; 0 where it is not to be known.")
  static Object getpid(CallContext context) {
    Machine machine = context.scope().service(Machine.class);
    return machine == null ? 0L : machine.pid();
  }

  @VqlFunction(
      name = "expand",
      permission = "MACHINE_STATE",
      doc = "A text with $NAME, ${NAME} and %NAME% replaced by environment variables.",
      examples = {
        "expand(path='/a/$NO_SUCH_VARIABLE/b') => \"/a//b\"",
        "expand(path='1$$') => \"1$\""
      })
  static Object expand(
      CallContext context, @Arg(value = "The text.", required = true) String path) {
    Map<String, String> all = variables(context.scope());
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < path.length()) {
      char c = path.charAt(i);
      if (c == '$' && i + 1 < path.length() && path.charAt(i + 1) == '$') {
        out.append('$');
        i += 2;
        continue;
      }
      boolean braces = c == '$' && i + 1 < path.length() && path.charAt(i + 1) == '{';
      int from = i + (braces ? 2 : 1);
      int end = c == '$' || c == '%' ? name(path, from) : from;
      boolean closed =
          c == '$' && !braces || end < path.length() && path.charAt(end) == (c == '%' ? '%' : '}');
      if ((c == '$' || c == '%') && end > from && closed) {
        out.append(all.getOrDefault(path.substring(from, end), ""));
        i = c == '$' && !braces ? end : end + 1;
      } else {
        out.append(c);
        i++;
      }
    }
    return out.toString();
  }

  private static int name(String text, int from) {
    int end = from;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end;
  }
}
