package org.minivql.cli.engine;

import java.util.Locale;
import java.util.Map;
import org.minivql.spi.Machine;
import org.minivql.value.Dict;

/**
 * The machine that the command line runs on.
 *
 * @param environment its environment variables
 */
record HostMachine(Map<String, String> environment) implements Machine {
  @Override
  public Dict info() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String name = os.contains("win") ? "windows" : os.contains("mac") ? "darwin" : "linux";
    String arch = System.getProperty("os.arch", "");
    String host = environment.getOrDefault("HOSTNAME", environment.get("COMPUTERNAME"));
    return Dict.of(
        "Hostname",
        host == null ? "localhost" : host,
        "OS",
        name,
        "Platform",
        name,
        "PlatformVersion",
        System.getProperty("os.version", ""),
        "Architecture",
        arch.equals("aarch64") ? "arm64" : arch.equals("x86_64") ? "amd64" : arch,
        "Fqdn",
        host == null ? "localhost" : host);
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }
}
