package org.minivql.format.evtx;

/** Bytes that do not mean anything. Caught by the reader, which reports it and goes on. */
final class CorruptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CorruptException(String message) {
    // One is made for each bad record, so no stack trace.
    super(message, null, false, false);
  }
}
