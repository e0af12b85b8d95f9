package org.minivql.builtin.collection;

import java.util.List;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Scope;

/** Changing documents by a description of the change. */
final class Patching {
  private Patching() {}

  @VqlFunction(
      name = "patch",
      doc =
          "The document with changes applied: operations with op, path and value (RFC 6902), or a"
              + " document that is merged in (RFC 7396).",
      examples = {
        "patch(item=dict(a=1, b=2), merge=dict(b=NULL, c=3)) => {\"a\":1,\"c\":3}",
        "patch(item=dict(a=1), patch=dict(op='add', path='/b', value=5)) => {\"a\":1,\"b\":5}",
        "patch(item='{\"a\":[1,2]}', patch='[{\"op\":\"remove\",\"path\":\"/a/0\"}]')"
            + " => {\"a\":[2]}",
        "patch(item=dict(a=1), patch=dict(op='remove', path='/z')) => null",
        "patch(item=dict(a=1)) => null"
      })
  static Object patch(
      CallContext context,
      @Arg(value = "The document, or its JSON text.", required = true) Object item,
      @Arg("One operation, a list of them, or their JSON text.") Object patch,
      @Arg("The document to merge in, or its JSON text.") Object merge) {
    Object document = document(context.scope(), item);
    if (merge != null && merge != Absent.ABSENT) {
      return JsonPatch.merge(document, document(context.scope(), merge));
    }
    if (patch == null || patch == Absent.ABSENT) {
      throw new ArgumentException("Either patch or merge must be provided.");
    }
    Object operations = document(context.scope(), patch);
    Object result = document;
    for (Object operation : operations instanceof List<?> list ? list : List.of(operations)) {
      if (!(operation instanceof Dict dict)) {
        throw new ArgumentException("an operation is a dict");
      }
      result = JsonPatch.apply(result, dict);
    }
    return result;
  }

  private static Object document(Scope scope, Object value) {
    try {
      if (value instanceof String text) {
        return Json.parse(text);
      }
      // Rows and host objects may look like dicts; as JSON they are.
      return value instanceof Dict || !(value instanceof Members)
          ? scope.operators().normalise(scope, value)
          : Json.parse(Json.text(scope, value));
    } catch (FormatException e) {
      throw new ArgumentException(e.getMessage());
    }
  }
}
