package org.minivql.plan.node;

import java.util.ArrayList;
import java.util.List;
import org.minivql.runtime.Conversions;
import org.minivql.runtime.Frame;
import org.minivql.spi.ArgType;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.Parameter;
import org.minivql.spi.Signature;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;
import org.minivql.value.Lazy;
import org.minivql.value.Place;
import org.minivql.value.Values;

/**
 * Brings the arguments of one call site into the order of the declaration. What can be decided from
 * the text is decided once; a call evaluates and converts.
 */
public final class ArgumentBinder {
  /** The name under which a dict of arguments replaces all others. */
  static final String ALL = "**";

  private static final Object[] NO_MEMBERS = {Dict.EMPTY};

  private final Signature signature;
  private final Parameter[] parameters;
  private final ArgType[] types;
  private final CallArguments given;
  private final Place at;
  private final int[] sources;
  private final Object[] defaults;
  private final String unexpected;
  private final int all;
  private final CallArguments others;
  private final boolean anyBracket;

  /** The expression of each parameter, null where it is not given; null where that is not all. */
  private final ExprNode[] plain;

  public ArgumentBinder(Signature signature, CallArguments given, Place at) {
    this.signature = signature;
    this.given = given;
    this.at = at;
    this.parameters = signature.parameters().toArray(new Parameter[0]);
    this.types = signature.parameters().stream().map(Parameter::type).toArray(ArgType[]::new);
    this.sources = new int[parameters.length];
    this.defaults = new Object[parameters.length];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = given.indexOf(parameters[i].name());
      defaults[i] = defaultValue(parameters[i]);
    }
    this.anyBracket = given.anyBracket();
    this.all = parameters.length == 0 && signature.open() ? -1 : given.indexOf(ALL);
    this.unexpected = signature.open() ? null : firstUnknown(given.names());
    this.others = signature.open() ? undeclared() : null;
    this.plain = plain();
  }

  private ExprNode[] plain() {
    if (all >= 0 || anyBracket || signature.open() || unexpected != null) {
      return null;
    }
    ExprNode[] nodes = new ExprNode[sources.length];
    for (int i = 0; i < nodes.length; i++) {
      if (sources[i] >= 0 ? parameters[i].type() == ArgType.LAZY : parameters[i].required()) {
        return null;
      }
      nodes[i] = sources[i] < 0 ? null : given.node(sources[i]);
    }
    return nodes;
  }

  private CallArguments undeclared() {
    List<String> names = new ArrayList<>();
    List<ExprNode> nodes = new ArrayList<>();
    List<Boolean> inBrackets = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      if (signature.parameter(given.names().get(i)) == null) {
        names.add(given.names().get(i));
        nodes.add(given.node(i));
        inBrackets.add(given.bracket(i));
      }
    }
    boolean[] brackets = new boolean[names.size()];
    for (int i = 0; i < brackets.length; i++) {
      brackets[i] = inBrackets.get(i);
    }
    return new CallArguments(names, nodes.toArray(new ExprNode[0]), brackets);
  }

  private String firstUnknown(List<String> names) {
    for (String name : names) {
      if (signature.parameter(name) == null) {
        return name;
      }
    }
    return null;
  }

  private static Object defaultValue(Parameter parameter) {
    String text = parameter.defaultValue();
    return switch (parameter.type()) {
      case ANY -> text.isEmpty() ? Absent.ABSENT : text;
      case INT -> text.isEmpty() ? null : (Object) Long.valueOf(text);
      case FLOAT -> text.isEmpty() ? null : (Object) Double.valueOf(text);
      case BOOL -> text.isEmpty() ? null : (Object) Boolean.valueOf(text);
      case STRING -> text.isEmpty() ? null : text;
      default -> null;
    };
  }

  Signature signature() {
    return signature;
  }

  boolean gave(String name) {
    return given.indexOf(name) >= 0;
  }

  /** How many parameters there are, where all arguments are taken as they come; else -1. */
  int simple() {
    return plain == null ? -1 : plain.length;
  }

  /** The arguments of a function: evaluated when their turn in the declaration comes. */
  Object[] bindFunction(Frame frame) {
    return plain == null ? bindInTurn(frame) : bindPlain(frame);
  }

  private Object[] bindPlain(Frame frame) {
    Object[] bound = new Object[plain.length];
    for (int i = 0; i < bound.length; i++) {
      bound[i] = plain(frame, i);
    }
    return bound;
  }

  /** One of the arguments of a {@link #simple} call. */
  Object plain(Frame frame, int index) {
    ExprNode node = plain[index];
    if (node == null) {
      return defaults[index];
    }
    Object value = node.eval(frame);
    return Conversions.fits(types[index], value) ? value : convert(frame, parameters[index], value);
  }

  private Object[] bindInTurn(Frame frame) {
    if (all >= 0 && Values.reduce(given.node(all).eval(frame)) instanceof Dict dict) {
      return bindDict(frame, dict);
    }
    Object[] early = anyBracket ? brackets(frame) : null;
    Object[] bound = new Object[sources.length + (signature.open() ? 1 : 0)];
    for (int i = 0; i < sources.length; i++) {
      int source = sources[i];
      Parameter parameter = parameters[i];
      if (source < 0) {
        bound[i] = missing(parameter, i);
      } else if (parameter.type() == ArgType.LAZY) {
        bound[i] =
            early != null && given.bracket(source)
                ? settled(early[source])
                : new Deferred(frame, given.node(source));
      } else {
        Object value =
            early != null && given.bracket(source) ? early[source] : given.node(source).eval(frame);
        bound[i] = convert(frame, parameter, value);
      }
    }
    return finish(frame, bound);
  }

  private Object[] finish(Frame frame, Object[] bound) {
    if (others != null) {
      bound[sources.length] = others.evaluateBracketsFirst(frame);
    }
    if (unexpected != null) {
      throw new ArgumentException("Unexpected arg " + unexpected);
    }
    return bound;
  }

  /** Arguments in square brackets do not wait for their turn. */
  private Object[] brackets(Frame frame) {
    Object[] early = null;
    for (int i = 0; i < given.size(); i++) {
      boolean declared = others == null || signature.parameter(given.names().get(i)) != null;
      if (given.bracket(i) && declared) {
        early = early == null ? new Object[given.size()] : early;
        early[i] = given.node(i).eval(frame);
      }
    }
    return early;
  }

  /** The arguments of a plugin: all evaluated at once, in source order. */
  public Object[] bindPlugin(Frame frame) {
    if (all < 0 && !signature.open()) {
      return bindDeclared(frame, given.values(frame));
    }
    if (signature.open() && parameters.length == 0) {
      return given.size() == 0 ? NO_MEMBERS : new Object[] {given.evaluate(frame)};
    }
    Dict values = given.evaluate(frame);
    if (all >= 0 && values.get(ALL) instanceof Dict dict) {
      return bindDict(frame, dict);
    }
    return bindDict(frame, values);
  }

  private Object[] bindDeclared(Frame frame, Object[] values) {
    Object[] bound = new Object[sources.length];
    for (int i = 0; i < sources.length; i++) {
      Parameter parameter = parameters[i];
      bound[i] =
          sources[i] < 0 ? missing(parameter, i) : convert(frame, parameter, values[sources[i]]);
    }
    if (unexpected != null) {
      throw new ArgumentException("Unexpected arg " + unexpected);
    }
    return bound;
  }

  private Object[] bindDict(Frame frame, Dict values) {
    Object[] bound = new Object[sources.length + (signature.open() ? 1 : 0)];
    for (int i = 0; i < sources.length; i++) {
      Parameter parameter = parameters[i];
      Object value = values.member(parameter.name());
      bound[i] = value == Absent.ABSENT ? missing(parameter, i) : convert(frame, parameter, value);
    }
    if (signature.open()) {
      Dict.Builder rest = Dict.builder();
      values.forEach(
          (name, value) -> {
            if (signature.parameter(name) == null) {
              rest.set(name, value);
            }
          });
      bound[sources.length] = rest.build();
      return bound;
    }
    String unknown = firstUnknown(values.memberNames());
    if (unknown != null) {
      throw new ArgumentException("Unexpected arg " + unknown);
    }
    return bound;
  }

  private Object missing(Parameter parameter, int index) {
    if (parameter.required()) {
      throw new ArgumentException("Field " + parameter.name() + " is required");
    }
    return defaults[index];
  }

  private Object convert(Frame frame, Parameter parameter, Object value) {
    try {
      Object converted = Conversions.convert(frame, parameter.type(), value);
      return converted instanceof Lambda lambda ? PlannedLambda.about(lambda, at) : converted;
    } catch (ArgumentException e) {
      throw new ArgumentException("Field " + parameter.name() + " " + e.getMessage());
    }
  }

  private static Lazy settled(Object value) {
    return () -> value;
  }

  /** An argument that waits until somebody asks for it. */
  private static final class Deferred implements Lazy {
    private Frame frame;
    private ExprNode node;
    private Object value;

    Deferred(Frame frame, ExprNode node) {
      this.frame = frame;
      this.node = node;
    }

    @Override
    public Object get() {
      if (node != null) {
        value = Values.reduce(node.eval(frame));
        node = null;
        frame = null;
      }
      return value;
    }
  }
}
