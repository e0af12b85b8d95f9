package org.minivql.builtin.template;

import java.util.ArrayList;
import java.util.List;
import org.minivql.value.Absent;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Scope;
import org.minivql.value.StoredExpression;
import org.minivql.value.Values;
import org.minivql.value.text.GoFormat;

/** The functions of a template that know about VQL, and the way to all others. */
final class TemplateFunctions {
  private final Scope scope;

  TemplateFunctions(Scope scope) {
    this.scope = scope;
  }

  boolean truth(Object value) {
    return value != Absent.ABSENT && scope.operators().truth(scope, value);
  }

  String text(Object value) {
    return value == Absent.ABSENT ? "" : scope.operators().text(scope, value);
  }

  Object call(String name, List<Object> arguments) {
    Operands operands = new Operands(scope, name, arguments);
    Object value = own(name, operands);
    for (int topic = 0; topic < 3 && value == Absent.ABSENT; topic++) {
      value =
          switch (topic) {
            case 0 -> TemplateText.call(name, operands);
            case 1 -> TemplateNumbers.call(name, operands);
            default -> TemplateLists.call(name, operands);
          };
    }
    if (value == Absent.ABSENT) {
      throw new TemplateException("function \"" + name + "\" not defined");
    }
    return value;
  }

  private Object own(String name, Operands a) {
    return switch (name) {
      case "Get" -> member(a);
      case "Scope" -> variable(a.text(0));
      case "bool" -> truth(a.get(0));
      case "not" -> !truth(a.get(0));
      case "eq" -> a.from(1).stream().anyMatch(other -> equal(a.get(0), other));
      case "ne" -> !equal(a.get(0), a.get(1));
      case "lt" -> scope.operators().less(scope, a.get(0), a.get(1));
      case "gt" -> scope.operators().greater(scope, a.get(0), a.get(1));
      case "le" -> !scope.operators().greater(scope, a.get(0), a.get(1));
      case "ge" -> !scope.operators().less(scope, a.get(0), a.get(1));
      case "str", "toString" -> text(a.get(0));
      case "print" -> printed(a.all(), "");
      case "println" -> printed(a.all(), " ") + "\n";
      case "printf" -> GoFormat.format(scope, a.text(0), a.from(1));
      case "len" -> length(a.get(0));
      case "index" -> index(a);
      case "default" -> a.size() > 1 && truth(a.get(1)) ? a.get(1) : a.get(0);
      case "empty" -> !truth(a.get(0));
      case "coalesce" -> a.all().stream().filter(this::truth).findFirst().orElse(null);
      case "ternary" -> truth(a.get(2)) ? a.get(0) : a.get(1);
      case "fail" -> throw new TemplateException(a.text(0));
      case "kindOf", "typeOf" -> Values.typeName(a.get(0));
      // The environment of the process is nobody's business in a report.
      case "env", "expandenv" -> "";
      default -> Absent.ABSENT;
    };
  }

  private boolean equal(Object left, Object right) {
    return scope.operators().equal(scope, left, Values.reduce(right));
  }

  private Object member(Operands a) {
    Object value = a.get(0);
    for (String part : a.text(1).split("\\.", -1)) {
      boolean index = value instanceof List<?> && part.matches("-?[0-9]{1,9}");
      value =
          value == null || value == Absent.ABSENT
              ? Absent.ABSENT
              : Values.reduce(
                  scope.operators().get(scope, value, index ? (Object) Long.valueOf(part) : part));
    }
    if (value != Absent.ABSENT) {
      return value;
    }
    return a.size() > 2 ? a.get(2) : "";
  }

  private Object variable(String name) {
    Object value = Values.reduce(scope.resolve(name));
    if (value instanceof StoredExpression expression) {
      return expression.evaluate(scope);
    }
    return value == Absent.ABSENT ? "<?>" : value;
  }

  private String printed(List<Object> values, String separator) {
    List<String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(text(Values.reduce(value))));
    return String.join(separator, texts);
  }

  private static Object length(Object value) {
    if (value instanceof String text) {
      return (long) Bytes.length(text);
    }
    if (value instanceof List<?> list) {
      return (long) list.size();
    }
    return value instanceof Members members ? (long) members.memberNames().size() : 0L;
  }

  private Object index(Operands a) {
    Object value = a.get(0);
    for (Object raw : a.from(1)) {
      Object key = Values.reduce(raw);
      if (value instanceof List<?> list) {
        long i = Operands.integer(key);
        if (i < 0 || i >= list.size()) {
          throw new TemplateException("index out of range: " + i);
        }
        value = Values.reduce(list.get((int) i));
      } else {
        value = value instanceof Dict dict ? dict.get(a.text(key)) : null;
      }
    }
    return value;
  }
}
