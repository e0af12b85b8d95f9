package org.minivql.plan.select;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.minivql.plan.node.Builtins;
import org.minivql.plan.node.CallArguments;
import org.minivql.plan.node.LetExpression;
import org.minivql.plan.node.MemberLookup;
import org.minivql.plan.node.NameLookup;
import org.minivql.plan.node.Unknown;
import org.minivql.runtime.Frame;
import org.minivql.spi.Catalog;
import org.minivql.spi.Mocks;
import org.minivql.syntax.tree.PluginCall;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Materialized;
import org.minivql.value.Place;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;
import org.minivql.value.Values;

/** FROM a variable: a stored query, or any value used as rows. */
public final class VariableSource extends Source {
  private final NameLookup lookup;
  private final MemberLookup[] members;
  private final String written;
  private final String writtenFirst;
  private final boolean called;
  private final CallArguments arguments;
  private final Builtins builtins;
  private final Place at;

  public VariableSource(
      List<String> path, PluginCall call, CallArguments arguments, Builtins builtins, Place at) {
    this.lookup = new NameLookup(path.get(0));
    this.members = MemberLookup.of(path.subList(1, path.size()).toArray(new String[0]));
    this.written = String.join(".", call.path());
    this.writtenFirst = call.path().get(0);
    this.called = call.called();
    this.arguments = arguments;
    this.builtins = builtins;
    this.at = at;
  }

  @Override
  void run(Frame frame, Sink out) {
    boolean tooDeep = frame.overflows();
    Object value = tooDeep ? Absent.ABSENT : lookup.find(frame);
    if (value == Absent.ABSENT || value == Frame.SILENT) {
      Mocks mocks = frame.query().mocks();
      Catalog.Plugin mock = mocks == null ? null : mocks.plugin(written);
      if (mock != null) {
        new PluginSource(written, mock, arguments, at).run(frame, out);
        return;
      }
      if (members.length == 0) {
        Unknown.plugin(frame, written, at);
      } else {
        Unknown.pluginIn(frame, written, writtenFirst, at);
      }
      Unknown.hint(frame, written, builtins, at);
      return;
    }
    value = MemberLookup.follow(frame, Values.reduce(value), members);
    if (value == Absent.ABSENT) {
      Unknown.hint(frame, written, builtins, at);
    } else if (called) {
      runCalled(frame, value, out);
    } else {
      rows(
          frame,
          value instanceof LetExpression expression ? expression.reference(frame) : value,
          out);
    }
  }

  private void runCalled(Frame frame, Object value, Sink out) {
    if (value instanceof LetQuery query) {
      Dict given = arguments.evaluateMaterialized(frame);
      Dict filled = query.parameters().fill(frame, given);
      check(frame, query.parameters().names(), filled);
      query.select().run(frame.call(filled, true), out);
    } else if (value instanceof LetExpression expression) {
      Dict given = arguments.evaluateMaterialized(frame);
      rows(frame, expression.call(frame, given, false), out);
    } else {
      Unknown.notPlugin(frame, written, at);
    }
  }

  private void check(Frame frame, List<String> declared, Dict arguments) {
    if (declared.isEmpty()) {
      return;
    }
    Set<String> known = new LinkedHashSet<>(declared);
    for (String name : arguments.memberNames()) {
      if (!known.contains(name)) {
        frame.log("ERROR:Extra unrecognized arg " + name + " when calling " + written, at);
      }
    }
    if (arguments.size() < known.size()) {
      for (String name : known) {
        if (!arguments.has(name)) {
          frame.log("ERROR:Missing arg " + name + " when calling " + written, at);
        }
      }
    }
  }

  private static void rows(Frame frame, Object value, Sink out) {
    if (value instanceof StoredQuery query) {
      query.run(frame, out);
    } else if (value instanceof List<?> list) {
      push(list, out);
    } else if (value instanceof Materialized rows) {
      push(rows.rows(), out);
    } else {
      out.row(value);
    }
  }

  private static void push(List<?> rows, Sink out) {
    for (Object row : rows) {
      if (!out.row(Values.reduce(row))) {
        return;
      }
    }
  }
}
