package org.minivql.builtin.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Scope;
import org.minivql.value.Values;

/** Writes the text of a template once. */
final class TemplateRun {
  private static final int DEEPEST = 100;
  private static final int LONGEST = 100_000_000;

  /** How a part ended. */
  private enum Flow {
    GO_ON,
    CONTINUE,
    BREAK
  }

  /** The variables of a block, above those of the blocks around it. */
  private record Frame(Object dot, Map<String, Object> variables, Frame outer) {
    Frame(Object dot, Frame outer) {
      this(dot, new HashMap<>(), outer);
    }
  }

  private final Scope scope;
  private final Map<String, Node> defined;
  private final TemplateFunctions functions;
  private final boolean html;
  private final StringBuilder out = new StringBuilder();
  private int depth;

  TemplateRun(Scope scope, Map<String, Node> defined, boolean html) {
    this.scope = scope;
    this.defined = defined;
    this.functions = new TemplateFunctions(scope);
    this.html = html;
  }

  String run(Dict expansion) {
    call(TemplateParser.MAIN, expansion);
    return out.toString();
  }

  private void call(String name, Object dot) {
    Node node = defined.get(name);
    if (node == null) {
      throw new TemplateException("template \"" + name + "\" not defined");
    }
    if (++depth > DEEPEST) {
      throw new TemplateException("exceeded maximum template depth");
    }
    Frame frame = new Frame(dot, null);
    frame.variables().put("", dot);
    write(node, frame);
    depth--;
  }

  private Flow write(Node node, Frame frame) {
    if (node instanceof Node.Text text) {
      out.append(text.text());
    } else if (node instanceof Node.Write write) {
      Object value = pipe(write.pipe(), frame);
      if (write.pipe().variables().isEmpty()) {
        append(value);
      }
    } else if (node instanceof Node.Block block) {
      return block(block, frame);
    } else if (node instanceof Node.If choice) {
      Frame inner = new Frame(frame.dot(), frame);
      boolean yes = functions.truth(pipe(choice.condition(), inner));
      return write(yes ? choice.then() : choice.otherwise(), inner);
    } else if (node instanceof Node.With with) {
      Frame inner = new Frame(frame.dot(), frame);
      Object value = pipe(with.value(), inner);
      return functions.truth(value)
          ? write(with.then(), new Frame(value, inner))
          : write(with.otherwise(), inner);
    } else if (node instanceof Node.Range range) {
      return range(range, frame);
    } else if (node instanceof Node.Call call) {
      call(call.name(), call.value() == null ? null : pipe(call.value(), frame));
    } else if (node instanceof Node.Leave leave) {
      return leave.end() ? Flow.BREAK : Flow.CONTINUE;
    }
    return Flow.GO_ON;
  }

  private Flow block(Node.Block block, Frame frame) {
    for (Node part : block.parts()) {
      Flow flow = write(part, frame);
      if (flow != Flow.GO_ON) {
        return flow;
      }
    }
    if (out.length() > LONGEST) {
      throw new TemplateException("the result is too long");
    }
    return Flow.GO_ON;
  }

  private void append(Object value) {
    String text = value == Absent.ABSENT ? "<no value>" : functions.text(value);
    out.append(html ? TemplateText.escapeHtml(text) : text);
  }

  private Flow range(Node.Range range, Frame frame) {
    Node.Pipe pipe = range.items();
    Object items = commands(pipe, frame);
    List<Object> keys = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    elements(items, keys, values);
    if (values.isEmpty()) {
      return write(range.otherwise(), new Frame(frame.dot(), frame));
    }
    for (int i = 0; i < values.size() && scope.alive(); i++) {
      Frame inner = new Frame(values.get(i), frame);
      List<String> names = pipe.variables();
      if (names.size() == 1) {
        assign(pipe, names.get(0), values.get(i), inner);
      } else if (names.size() == 2) {
        assign(pipe, names.get(0), keys.get(i), inner);
        assign(pipe, names.get(1), values.get(i), inner);
      }
      if (write(range.body(), inner) == Flow.BREAK) {
        break;
      }
    }
    return Flow.GO_ON;
  }

  private void elements(Object items, List<Object> keys, List<Object> values) {
    if (items instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        keys.add((long) i);
        values.add(Values.reduce(list.get(i)));
      }
    } else if (Values.isQuery(items)) {
      elements(Values.rows(scope, items), keys, values);
    } else if (items instanceof Long count) {
      for (long i = 0; i < Math.min(count, 1_000_000); i++) {
        keys.add(i);
        values.add(i);
      }
    } else if (items instanceof Members members) {
      for (String name : members.memberNames().stream().sorted().toList()) {
        keys.add(name);
        values.add(Values.reduce(members.member(name)));
      }
    } else if (items != null && items != Absent.ABSENT) {
      throw new TemplateException("range can't iterate over " + functions.text(items));
    }
  }

  private void assign(Node.Pipe pipe, String name, Object value, Frame frame) {
    if (pipe.declares()) {
      frame.variables().put(name, value);
      return;
    }
    for (Frame f = frame; f != null; f = f.outer()) {
      if (f.variables().containsKey(name)) {
        f.variables().put(name, value);
        return;
      }
    }
    throw new TemplateException("undefined variable \"$" + name + "\"");
  }

  private Object pipe(Node.Pipe pipe, Frame frame) {
    Object value = commands(pipe, frame);
    if (!pipe.variables().isEmpty()) {
      assign(pipe, pipe.variables().get(0), value, frame);
    }
    return value;
  }

  private Object commands(Node.Pipe pipe, Frame frame) {
    Object value = null;
    boolean first = true;
    for (Node.Command command : pipe.commands()) {
      value = Values.reduce(command(command, frame, first ? null : new Object[] {value}));
      first = false;
    }
    return value;
  }

  /**
   * The value of a command.
   *
   * @param last the value of the command before, or null where there is none
   */
  private Object command(Node.Command command, Frame frame, Object[] last) {
    List<Node.Operand> operands = command.operands();
    if (!(operands.get(0) instanceof Node.Function function)) {
      if (operands.size() > 1 || last != null) {
        throw new TemplateException("can't give argument to non-function");
      }
      return operand(operands.get(0), frame);
    }
    if (function.name().equals("and") || function.name().equals("or")) {
      return shortcut(function.name().equals("and"), operands, frame, last);
    }
    List<Object> arguments = new ArrayList<>();
    for (Node.Operand operand : operands.subList(1, operands.size())) {
      arguments.add(operand(operand, frame));
    }
    if (last != null) {
      arguments.add(last[0]);
    }
    return functions.call(function.name(), arguments);
  }

  private Object shortcut(boolean and, List<Node.Operand> operands, Frame frame, Object[] last) {
    Object value = null;
    for (Node.Operand operand : operands.subList(1, operands.size())) {
      value = operand(operand, frame);
      if (functions.truth(value) != and) {
        return value;
      }
    }
    return last == null ? value : last[0];
  }

  private Object operand(Node.Operand operand, Frame frame) {
    if (operand instanceof Node.Constant constant) {
      return constant.value();
    }
    if (operand instanceof Node.Dot) {
      return frame.dot();
    }
    if (operand instanceof Node.Variable variable) {
      return variable(variable.name(), frame);
    }
    if (operand instanceof Node.Nested nested) {
      return pipe(nested.pipe(), frame);
    }
    if (operand instanceof Node.Function function) {
      return functions.call(function.name(), List.of());
    }
    if (operand instanceof Node.Member member) {
      Object of = operand(member.of(), frame);
      return of == null || of == Absent.ABSENT
          ? Absent.ABSENT
          : Values.reduce(scope.operators().get(scope, of, member.name()));
    }
    return null;
  }

  private static Object variable(String name, Frame frame) {
    for (Frame f = frame; f != null; f = f.outer()) {
      if (f.variables().containsKey(name)) {
        return f.variables().get(name);
      }
    }
    throw new TemplateException("undefined variable \"$" + name + "\"");
  }
}
