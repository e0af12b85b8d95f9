package org.minivql.spi;

import java.io.IOException;
import java.io.InputStream;

/**
 * The event logs of a described host: a service for queries that run as if on that host. Where it
 * is present, event logs come from it and never from files of this machine.
 */
public interface HostLogs {
  /**
   * Opens a log; the caller closes it.
   *
   * @param name the name of the log's file without its folders, such as {@code Security.evtx};
   *     percent signs are part of the name
   * @return the binary log or its lines of JSON; null where the host has no such log
   */
  InputStream open(String name) throws IOException;
}
