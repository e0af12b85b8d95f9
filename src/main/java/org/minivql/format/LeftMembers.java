package org.minivql.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.minivql.value.Dict;

/** The members of an object that were left unread: they are read from a copy of its text. */
final class LeftMembers implements Dict.Unread {
  private final Whole whole;
  private final LeftMembers parent;
  private final Names names;

  /**
   * @param parent what was left of the object around this one; null for the outermost
   * @param names of the object around this one, up to that of this one; of the outermost where its
   *     names begin
   */
  LeftMembers(Whole whole, LeftMembers parent, Names names) {
    this.whole = whole;
    this.parent = parent;
    this.names = names;
  }

  /** An outermost object that can be read again. */
  static final class Whole {
    private final Again again;
    private byte[] text;
    private Dict dict;

    Whole(Again again) {
      this.again = again;
    }

    void text(byte[] copy) {
      text = copy;
    }

    private synchronized Dict dict() {
      if (dict == null) {
        dict = again.read(text);
        text = null;
      }
      return dict;
    }
  }

  /** Reads objects completely, for all threads. */
  static final class Again {
    private final Names none = Names.none();

    private synchronized Dict read(byte[] text) {
      try (JsonReader reader = new JsonReader(new ByteArrayInputStream(text), none)) {
        return (Dict) reader.next();
      } catch (FormatException | IOException e) {
        throw new IllegalStateException("what was read once is read again", e);
      }
    }
  }

  @Override
  public Object read(String name) {
    names.interest(name).ask();
    return dict().get(name);
  }

  private Dict dict() {
    return parent == null ? whole.dict() : (Dict) parent.dict().get(names.name());
  }
}
