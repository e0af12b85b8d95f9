package org.minivql;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.minivql.plan.PlannedStatement;
import org.minivql.runtime.Frame;
import org.minivql.runtime.QueryContext;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.Evaluator;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;

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
    QueryContext used = services.isEmpty() ? query : query.with(services);
    Frame root = Frame.root(used, Dict.of("NULL", null));
    return new Inner(root, root.push(Dict.of(engine.variables())).push(env));
  }

  @Override
  public Session inherited(Scope parent, Dict env) {
    Frame root = ((Frame) parent).owned(env);
    return new Inner(root, root);
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
    private Frame scope;

    Inner(Frame root, Frame scope) {
      this.root = root;
      this.scope = scope;
    }

    @Override
    public Scope scope() {
      return scope;
    }

    @Override
    public void run(String text, Sink out) {
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
    }
  }
}
