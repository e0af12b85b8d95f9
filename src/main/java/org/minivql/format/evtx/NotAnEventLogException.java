package org.minivql.format.evtx;

import java.io.IOException;

/** The bytes are not a Windows event log at all. */
public final class NotAnEventLogException extends IOException {
  private static final long serialVersionUID = 1L;

  NotAnEventLogException(String message) {
    super(message);
  }
}
