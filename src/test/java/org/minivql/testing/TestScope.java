package org.minivql.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.OperandProtocol;
import org.minivql.value.Operators;
import org.minivql.value.Patterns;
import org.minivql.value.Scope;
import org.minivql.value.operator.StandardOperators;

/** A scope with variables, services and a log, for tests that need no engine. */
public final class TestScope implements Scope, AutoCloseable {
  private final Scope parent;
  private final Object layer;
  private final Run run;

  /** What all scopes of a test share. */
  private static final class Run {
    private final Map<Class<?>, Object> services = new HashMap<>();
    private final Map<Object, Object> state = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private final List<Runnable> closers = new ArrayList<>();
    private final Operators operators = new StandardOperators(List.of(new OperandProtocol()));
    private final Random random = new Random(7);
  }

  private TestScope(Scope parent, Object layer, Run run) {
    this.parent = parent;
    this.layer = layer;
    this.run = run;
  }

  /** A scope with these variables. */
  public static TestScope of(Object... namesAndValues) {
    return new TestScope(null, Dict.of(namesAndValues), new Run());
  }

  /** Adds a service. */
  public <T> TestScope service(Class<T> type, T service) {
    run.services.put(type, service);
    return this;
  }

  /** The lines logged so far. */
  public List<String> log() {
    return run.log;
  }

  @Override
  public Object resolve(String name) {
    Object value = layer instanceof Members members ? members.member(name) : Absent.ABSENT;
    return value != Absent.ABSENT || parent == null ? value : parent.resolve(name);
  }

  @Override
  public Scope with(Object row) {
    return new TestScope(this, row, run);
  }

  @Override
  public void log(String line) {
    run.log.add(line);
  }

  @Override
  public Operators operators() {
    return run.operators;
  }

  @Override
  public Patterns patterns() {
    throw new UnsupportedOperationException("patterns");
  }

  @Override
  public Clock clock() {
    return Clock.fixed(Instant.ofEpochSecond(1_600_000_000), ZoneOffset.UTC);
  }

  @Override
  public RandomGenerator random() {
    return run.random;
  }

  @Override
  public boolean alive() {
    return true;
  }

  @Override
  public boolean pause(Duration duration) {
    return true;
  }

  @Override
  public void onClose(Runnable destructor) {
    run.closers.add(destructor);
  }

  @Override
  public void onRootClose(Runnable destructor) {
    run.closers.add(0, destructor);
  }

  @Override
  public <T> T service(Class<T> type) {
    return type.cast(run.services.get(type));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T runState(Object key, Supplier<T> init) {
    return (T) run.state.computeIfAbsent(key, k -> init.get());
  }

  @Override
  public String describe() {
    return "test";
  }

  @Override
  public Object member(String name) {
    return resolve(name);
  }

  @Override
  public List<String> memberNames() {
    return layer instanceof Members members ? members.memberNames() : List.of();
  }

  /** Runs what was registered, the last first. */
  @Override
  public void close() {
    for (int i = run.closers.size() - 1; i >= 0; i--) {
      run.closers.get(i).run();
    }
    run.closers.clear();
  }
}
