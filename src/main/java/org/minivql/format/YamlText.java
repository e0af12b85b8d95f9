package org.minivql.format;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.minivql.value.Absent;
import org.minivql.value.Bytes;
import org.minivql.value.Displayed;
import org.minivql.value.Materialized;
import org.minivql.value.Members;
import org.minivql.value.Nesting;
import org.minivql.value.Operand;
import org.minivql.value.OwnStack;
import org.minivql.value.Timestamp;
import org.minivql.value.Values;
import org.minivql.value.text.Text;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ImplicitTuple;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;

/** Writes values as block style YAML. */
final class YamlText {
  private final Emitter emitter;
  private int depth;

  private YamlText(Emitter emitter) {
    this.emitter = emitter;
  }

  static String write(Object value) {
    DumperOptions options = new DumperOptions();
    options.setSplitLines(false);
    options.setAllowUnicode(true);
    StringWriter out = new StringWriter();
    YamlText writer = new YamlText(new Emitter(out, options));
    writer.emit(new StreamStartEvent(null, null));
    writer.emit(new DocumentStartEvent(null, null, false, null, Map.of()));
    writer.value(value);
    writer.emit(new DocumentEndEvent(null, null, false));
    writer.emit(new StreamEndEvent(null, null));
    return out.toString();
  }

  private void emit(Event event) {
    try {
      emitter.emit(event);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  private void value(Object raw) {
    Object value = Values.reduce(raw);
    if (value instanceof Displayed displayed) {
      value(displayed.display());
    } else if (value == null || isNested(value) && depth >= Nesting.DEEPEST) {
      emit(new MappingStartEvent(null, null, true, null, null, FlowStyle.FLOW));
      emit(new MappingEndEvent(null, null));
    } else if (value instanceof List<?> list) {
      list(list);
    } else if (value instanceof Materialized rows) {
      list(rows.rows());
    } else if (value instanceof Members members) {
      members(members);
    } else {
      scalar(value);
    }
  }

  private static boolean isNested(Object value) {
    return value instanceof List<?> || value instanceof Materialized || value instanceof Members;
  }

  private void list(List<?> list) {
    if (depth == Nesting.ROOM) {
      OwnStack.run(() -> elements(list));
    } else {
      elements(list);
    }
  }

  private void elements(List<?> list) {
    FlowStyle style = list.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
    emit(new SequenceStartEvent(null, null, true, null, null, style));
    depth++;
    list.forEach(this::value);
    depth--;
    emit(new SequenceEndEvent(null, null));
  }

  private void members(Members members) {
    if (depth == Nesting.ROOM) {
      OwnStack.run(() -> named(members));
    } else {
      named(members);
    }
  }

  private void named(Members members) {
    List<String> names = members.memberNames();
    FlowStyle style = names.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
    emit(new MappingStartEvent(null, null, true, null, null, style));
    depth++;
    for (String name : names) {
      Object value = members.member(name);
      if (value != Absent.ABSENT) {
        string(name);
        value(value);
      }
    }
    depth--;
    emit(new MappingEndEvent(null, null));
  }

  private void scalar(Object value) {
    if (value instanceof String text) {
      string(text);
    } else if (value instanceof Double number) {
      plain(number(number));
    } else if (value instanceof Timestamp time) {
      plain(time.rfc3339());
    } else if (value instanceof Operand operand) {
      string(operand.text());
    } else {
      plain(value.toString());
    }
  }

  private static String number(double number) {
    if (Double.isNaN(number)) {
      return ".nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? ".inf" : "-.inf";
    }
    return Text.ofDouble(number);
  }

  private void plain(String text) {
    scalar(text, ScalarStyle.PLAIN);
  }

  private void string(String raw) {
    String text = Bytes.printable(raw);
    if (text.indexOf('\n') >= 0) {
      scalar(text, ScalarStyle.LITERAL);
    } else if (ambiguous(text)) {
      scalar(text, ScalarStyle.DOUBLE_QUOTED);
    } else {
      scalar(text, ScalarStyle.PLAIN);
    }
  }

  /** Whether some reader would take the text for something else. */
  private static boolean ambiguous(String text) {
    return !(YamlScalars.resolve(text) instanceof String)
        || text.matches("[yYnN]|<<|\\d{4}-\\d{1,2}-\\d{1,2}.*");
  }

  private void scalar(String text, ScalarStyle style) {
    emit(new ScalarEvent(null, null, new ImplicitTuple(true, true), text, null, null, style));
  }
}
