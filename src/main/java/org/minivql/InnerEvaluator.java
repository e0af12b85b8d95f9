package org.minivql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.minivql.plan.PlannedStatement;
import org.minivql.runtime.Cancelled;
import org.minivql.runtime.Frame;
import org.minivql.runtime.QueryContext;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.Evaluator;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;

/** Runs VQL text from inside a query, with the parent's run and a root scope of its own. */
final class InnerEvaluator implements Evaluator {
  private static final int MAX_PROGRAMS = 1000;

  private final Vql engine;
  private final Map<String, Program> programs = new ConcurrentHashMap<>();

  InnerEvaluator(Vql engine) {
    this.engine = engine;
  }

  @Override
  public Session session(Scope parent, Dict env, Map<Class<?>, Object> services) {
    QueryContext query = ((Frame) parent).query();
    return inner(services.isEmpty() ? query : query.with(services), null, env);
  }

  @Override
  public Session root(Scope parent, Dict env, Map<Class<?>, Object> services) {
    QueryContext outer = ((Frame) parent).query();
    return inner(outer.enter(services, true), outer, env);
  }

  private Inner inner(QueryContext query, QueryContext outer, Dict env) {
    Frame root = Frame.root(query, Dict.of("NULL", null));
    return new Inner(root, root.push(Dict.of(engine.variables())).push(env), outer);
  }

  @Override
  public Session inherited(Scope parent, Dict env) {
    QueryContext outer = ((Frame) parent).query();
    Frame root = ((Frame) parent).within(outer.enter(Map.of(), false)).owned(env);
    return new Inner(root, root, outer);
  }

  @Override
  public void define(Scope scope, String text) {
    List<PlannedStatement> statements = program(text).plan();
    if (statements.stream().anyMatch(PlannedStatement::yieldsRows)) {
      throw new ArgumentException("only definitions can be imported");
    }
    ((Frame) scope)
        .query()
        .define(
            frame -> {
              Frame next = frame;
              for (PlannedStatement statement : statements) {
                next = statement.run(next, row -> true);
              }
              return next;
            });
  }

  private Program program(String text) {
    Program program = programs.get(text);
    if (program == null) {
      try {
        program = engine.compile(text);
      } catch (VqlSyntaxException e) {
        throw new ArgumentException(e.getMessage());
      }
      if (programs.size() < MAX_PROGRAMS) {
        programs.put(text, program);
      }
    }
    return program;
  }

  private final class Inner implements Session {
    private final Frame root;
    private final QueryContext outer;
    private Frame scope;

    /**
     * A session.
     *
     * @param outer the run it was entered from; null where it is part of the parent's run
     */
    Inner(Frame root, Frame scope, QueryContext outer) {
      this.root = root;
      this.scope = scope;
      this.outer = outer;
    }

    @Override
    public Scope scope() {
      return scope;
    }

    @Override
    public void endAfter(Duration most, Runnable expired) {
      if (outer == null) {
        throw new IllegalStateException("the session is part of the parent's run");
      }
      root.query().endAfter(most, expired);
    }

    @Override
    public void run(StoredQuery query, Sink out) {
      untilItsEnd(() -> query.run(scope, out));
    }

    /** Where only this session's time is over, the parent's run goes on. */
    private void untilItsEnd(Runnable work) {
      try {
        work.run();
      } catch (Cancelled e) {
        if (outer == null || !outer.alive()) {
          throw e;
        }
      }
    }

    @Override
    public void run(String text, Sink out) {
      untilItsEnd(() -> statements(text, out));
    }

    private void statements(String text, Sink out) {
      QueryContext context = root.query();
      String outer = context.statement();
      for (PlannedStatement statement : program(text).plan()) {
        scope = context.defined(statement.run(scope, out));
      }
      context.statement(outer);
    }

    @Override
    public void each(String text, Supplier<Table> tables) {
      QueryContext context = root.query();
      String outer = context.statement();
      for (PlannedStatement statement : program(text).plan()) {
        if (statement.yieldsRows()) {
          try (Table table = tables.get()) {
            scope = context.defined(statement.run(scope, table));
          }
        } else {
          scope = context.defined(statement.run(scope, row -> true));
        }
      }
      context.statement(outer);
    }

    @Override
    public void close() {
      root.close();
      if (outer != null) {
        outer.leave(root.query());
      }
    }
  }
}
