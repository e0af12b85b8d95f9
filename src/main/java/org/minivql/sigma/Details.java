package org.minivql.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minivql.sigma.event.EventView;
import org.minivql.sigma.event.Field;
import org.minivql.sigma.event.Fields;
import org.minivql.value.Absent;
import org.minivql.value.Scope;

/**
 * A text with places for fields: {@code %Field%}, and {@code %Data[2]%} for the second element of a
 * list. A place whose field the event does not have stays as it is.
 */
final class Details {
  private static final Pattern PLACE =
      Pattern.compile("%([A-Za-z_][\\w .-]*?)(?:\\[(\\d{1,4})])?%");

  private final List<Object> pieces = new ArrayList<>();

  private record Place(String written, Field field, Field inData, int element) {}

  private Details() {}

  /** Reads a text. */
  static Details parse(String text, Fields fields) {
    Details details = new Details();
    Matcher matcher = PLACE.matcher(text);
    int at = 0;
    while (matcher.find()) {
      details.pieces.add(text.substring(at, matcher.start()));
      String name = matcher.group(1);
      int element = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
      details.pieces.add(
          new Place(matcher.group(), fields.of(name), fields.of("EventData." + name), element));
      at = matcher.end();
    }
    details.pieces.add(text.substring(at));
    return details;
  }

  /** The text for an event. */
  String of(EventView event) {
    StringBuilder text = new StringBuilder();
    for (Object piece : pieces) {
      text.append(piece instanceof Place place ? value(event, place) : piece);
    }
    return text.toString();
  }

  private static String value(EventView event, Place place) {
    Object value = element(event.value(place.field()), place.element());
    if (value == null || value == Absent.ABSENT) {
      value = element(event.value(place.inData()), place.element());
    }
    if (value == null || value == Absent.ABSENT) {
      return place.written();
    }
    Scope scope = event.scope();
    return value instanceof String text ? text : scope.operators().text(scope, value);
  }

  private static Object element(Object value, int element) {
    if (element == 0) {
      return value;
    }
    if (value instanceof List<?> list) {
      return element <= list.size() ? list.get(element - 1) : null;
    }
    return element == 1 ? value : null;
  }
}
