package org.minivql.format.evtx;

import java.time.Instant;
import org.minivql.value.Dict;

/** One record of an event log. */
public final class EventRecord {
  private final long id;
  private final Instant written;
  private final Dict row;
  private final Element root;

  EventRecord(long id, Instant written, Dict row, Element root) {
    this.id = id;
    this.written = written;
    this.row = row;
    this.root = root;
  }

  /** The record identifier, counted by the log. */
  public long id() {
    return id;
  }

  /** When the record was written, to 100 nanoseconds. */
  public Instant written() {
    return written;
  }

  /**
   * The event as a row: {@code System}, {@code EventData} or {@code UserData}, and whatever else
   * the event holds, each a dict; then {@code Message}, which is empty because the texts are not in
   * the log. Attributes and child elements of an element are merged into one dict, the text of an
   * element with attributes is its {@code Value}; named {@code Data} elements are members under
   * their names; what occurs several times is a list; the default namespace is left out. Times are
   * seconds since the epoch as floats.
   */
  public Dict row() {
    return row;
  }

  /** The event as XML text, always well-formed. */
  public String xml() {
    return XmlText.of(root);
  }
}
