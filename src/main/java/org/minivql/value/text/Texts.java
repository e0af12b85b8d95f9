package org.minivql.value.text;

import java.util.List;
import org.minivql.value.Lambda;
import org.minivql.value.Materialized;
import org.minivql.value.NamedNumber;
import org.minivql.value.Nesting;
import org.minivql.value.OwnStack;
import org.minivql.value.Protocol;
import org.minivql.value.Scope;
import org.minivql.value.StoredQuery;
import org.minivql.value.Timestamp;
import org.minivql.value.Unsigned;
import org.minivql.value.Values;
import org.minivql.value.time.TimeMembers;

/** The text of values: what string coercion, {@code format(%v)} and group keys show. */
public final class Texts {
  private final Protocol[] protocols;

  public Texts(List<Protocol> protocols) {
    this.protocols = protocols.toArray(new Protocol[0]);
  }

  public String text(Scope scope, Object raw) {
    Object value = Values.reduce(raw);
    if (value instanceof String text) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    append(scope, out, value, 0);
    return out.toString();
  }

  private void append(Scope scope, StringBuilder out, Object value, int depth) {
    if (value == null) {
      out.append("Null");
    } else if (value instanceof String
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof Unsigned) {
      out.append(value);
    } else if (value instanceof Double number) {
      out.append(Text.ofDouble(number));
    } else {
      String special = special(scope, value);
      if (special != null) {
        out.append(special);
      } else {
        composite(scope, out, value, depth);
      }
    }
  }

  private String special(Scope scope, Object value) {
    for (Protocol protocol : protocols) {
      Object text = protocol.text(scope, value);
      if (text != Protocol.PASS) {
        return (String) text;
      }
    }
    return null;
  }

  private void composite(Scope scope, StringBuilder out, Object value, int depth) {
    if (value instanceof Timestamp time) {
      out.append(TimeMembers.text(time));
    } else if (value instanceof NamedNumber named) {
      out.append(named.name());
    } else if (value instanceof List<?> list) {
      list(scope, out, list, depth);
    } else if (value instanceof Materialized rows) {
      list(scope, out, rows.rows(), depth);
    } else if (value instanceof StoredQuery query) {
      out.append(query.text());
    } else if (value instanceof Scope) {
      out.append("<Scope>");
    } else if (value instanceof Lambda lambda) {
      out.append(lambda.text());
    } else {
      JsonText.write(scope, out, value);
    }
  }

  private void list(Scope scope, StringBuilder out, List<?> list, int depth) {
    if (Nesting.exceeded(scope, depth)) {
      out.append("Null");
    } else if (depth == Nesting.ROOM) {
      OwnStack.run(() -> elements(scope, out, list, depth));
    } else {
      elements(scope, out, list, depth);
    }
  }

  private void elements(Scope scope, StringBuilder out, List<?> list, int depth) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(' ');
      }
      append(scope, out, Values.reduce(list.get(i)), depth + 1);
    }
    out.append(']');
  }
}
