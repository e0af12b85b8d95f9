package org.minivql.artifact;

import java.util.List;
import java.util.Map;
import org.minivql.spi.Evaluator;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

/**
 * Runs compiled requests through the engine.
 *
 * @since 0.1.0
 */
public final class Runs {
  private Runs() {}

  /** Takes the rows of one source. */
  @FunctionalInterface
  public interface Output {
    /**
     * Takes one row.
     *
     * @param query the source it comes from
     * @param row the row
     * @return whether more rows are wanted
     */
    boolean row(Request.Query query, Object row);
  }

  /**
   * Runs one request in a fresh scope, source after source.
   *
   * @param parent the scope whose services and log are used
   * @param request the request
   * @param extra further variables, below those of the request
   * @param preconditions whether the precondition decides
   * @param out takes the rows
   * @return false when no more rows were wanted
   */
  public static boolean run(
      Scope parent, Request request, Dict extra, boolean preconditions, Output out) {
    return run(parent, request, extra, Map.of(), preconditions, out);
  }

  /** The same with some services in place of those of the parent. */
  public static boolean run(
      Scope parent,
      Request request,
      Dict extra,
      Map<Class<?>, Object> services,
      boolean preconditions,
      Output out) {
    Evaluator evaluator = parent.service(Evaluator.class);
    if (evaluator == null) {
      throw new IllegalStateException("the engine does not run inner queries");
    }
    Dict env = extra.toBuilder().setAll(request.env()).build();
    try (Evaluator.Session session = evaluator.session(parent, env, services)) {
      run(session, request.preamble());
      if (preconditions && !request.precondition().isBlank() && !holds(session, request)) {
        parent.log("Skipping query due to preconditions");
        return true;
      }
      for (String export : request.exports()) {
        run(session, export);
      }
      return queries(session, request.queries(), out);
    }
  }

  private static boolean queries(
      Evaluator.Session session, List<Request.Query> queries, Output out) {
    boolean[] more = {true};
    for (Request.Query query : queries) {
      session.run(query.text(), row -> more[0] = out.row(query, row));
      if (!more[0]) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(Evaluator.Session session, Request request) {
    boolean[] any = {false};
    session.run(
        request.precondition(),
        row -> {
          any[0] = true;
          return false;
        });
    return any[0];
  }

  private static void run(Evaluator.Session session, String text) {
    if (!text.isBlank()) {
      session.run(text, row -> true);
    }
  }

  /** The row with {@code _Source} as its last column. */
  public static Dict sourced(Object row, String source) {
    return dict(row).with("_Source", source);
  }

  /** The row as a dict. */
  public static Dict dict(Object row) {
    if (row instanceof Dict dict) {
      return dict;
    }
    Dict.Builder builder = Dict.builder();
    if (row instanceof Members members) {
      for (String name : members.memberNames()) {
        builder.set(name, members.member(name));
      }
    }
    return builder.build();
  }

  /** A sink for rows that nobody wants. */
  static Sink ignore() {
    return row -> true;
  }
}
