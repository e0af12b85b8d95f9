package org.minivql;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.minivql.analysis.ServerVerifier;
import org.minivql.plan.Compiler;
import org.minivql.plan.node.Builtins;
import org.minivql.runtime.Deadlines;
import org.minivql.runtime.work.WorkerPool;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.Catalog;
import org.minivql.spi.Evaluator;
import org.minivql.spi.Library;
import org.minivql.spi.Namespace;
import org.minivql.spi.QueryVerifier;
import org.minivql.spi.Workers;
import org.minivql.syntax.Parser;
import org.minivql.syntax.SyntaxError;
import org.minivql.syntax.SyntaxException;
import org.minivql.value.Lambda;
import org.minivql.value.Operators;
import org.minivql.value.Protocol;
import org.minivql.value.operator.StandardOperators;

/**
 * A VQL engine: functions, plugins, operator rules and services. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Vql {
  private final Builtins builtins;
  private final Compiler compiler;
  private final Operators operators;
  private final Clock clock;
  private final Profile profile;
  private final Deadlines deadlines = new Deadlines();
  private final Map<Class<?>, Object> services;
  private final Map<String, Object> variables;

  private Vql(Builder builder) {
    List<Catalog> catalogs = new ArrayList<>(builder.profile.catalogs());
    catalogs.addAll(builder.catalogs);
    this.builtins = new Builtins(catalogs, builder.namespaces);
    this.compiler = new Compiler(builtins);
    List<Protocol> protocols = new ArrayList<>(builder.protocols);
    protocols.addAll(builder.profile.protocols());
    this.operators = new StandardOperators(protocols);
    this.clock = builder.clock;
    this.profile = builder.profile;
    this.services = new HashMap<>(builder.services);
    services.putIfAbsent(Library.class, builtins);
    services.putIfAbsent(Workers.class, new WorkerPool());
    services.putIfAbsent(QueryVerifier.class, new ServerVerifier());
    services.putIfAbsent(Evaluator.class, new InnerEvaluator(this));
    Map<String, Object> globals = new LinkedHashMap<>();
    for (Namespace namespace : builtins.namespaces()) {
      globals.put(namespace.root(), namespace.value());
    }
    this.variables = Map.copyOf(globals);
  }

  /** A builder of an engine with the default profile. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Compiles a program.
   *
   * @param text one or more statements
   * @return the program
   * @throws VqlSyntaxException when the text is not VQL; nothing was run
   */
  public Program compile(String text) {
    try {
      return new Program(this, compiler.compile(Parser.parse(text)));
    } catch (SyntaxException e) {
      throw new VqlSyntaxException(
          e.getMessage(), e.errors().stream().map(Vql::problem).collect(Collectors.toList()));
    }
  }

  private static VqlSyntaxException.Problem problem(SyntaxError error) {
    return new VqlSyntaxException.Problem(
        error.line(), error.column(), error.message(), error.snippet());
  }

  /** A scope in which programs run one after the other and keep their definitions: a session. */
  public Execution session(QueryOptions options) {
    return new Execution(this, options);
  }

  /** The declarations of all functions and plugins. */
  public Library library() {
    return builtins;
  }

  Lambda lambda(String text) {
    try {
      return compiler.compile(Parser.parseLambda(text));
    } catch (SyntaxException e) {
      SyntaxError first = e.errors().get(0);
      throw new ArgumentException(first.line() + ":" + first.column() + ": " + reason(first));
    }
  }

  Deadlines deadlines() {
    return deadlines;
  }

  /** The reason in the words by which consumers of a server's log know it. */
  private static String reason(SyntaxError error) {
    if (!error.message().startsWith("unexpected ")) {
      return error.message();
    }
    return "unexpected token \"" + (error.found().isEmpty() ? "<EOF>" : error.found()) + "\"";
  }

  Profile profile() {
    return profile;
  }

  Operators operators() {
    return operators;
  }

  Clock clock() {
    return clock;
  }

  Object service(Class<?> type) {
    return services.get(type);
  }

  Map<String, Object> variables() {
    return variables;
  }

  /** Collects what an engine has. */
  public static final class Builder {
    private Profile profile = Profile.VELOCIRAPTOR;
    private Clock clock = Clock.systemUTC();
    private final List<Catalog> catalogs = new ArrayList<>();
    private final List<Namespace> namespaces = new ArrayList<>();
    private final List<Protocol> protocols = new ArrayList<>();
    private final Map<Class<?>, Object> services = new HashMap<>();

    private Builder() {}

    /** The profile; {@link Profile#VELOCIRAPTOR} where not said. */
    public Builder profile(Profile value) {
      profile = value;
      return this;
    }

    /** More functions and plugins; they replace those of the same name. */
    public Builder catalog(Catalog catalog) {
      catalogs.add(catalog);
      return this;
    }

    /** A family of plugins with computed names. */
    public Builder namespace(Namespace namespace) {
      namespaces.add(namespace);
      return this;
    }

    /** Operator rules for the application's own values; asked before those of the profile. */
    public Builder protocol(Protocol protocol) {
      protocols.add(protocol);
      return this;
    }

    /** The clock of the engine; the system's where not said. */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /** A service that builtins ask for. */
    public <T> Builder service(Class<T> type, T service) {
      services.put(type, service);
      return this;
    }

    /** The engine. */
    public Vql build() {
      return new Vql(this);
    }
  }
}
