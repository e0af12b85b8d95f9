package org.minivql.plan;

import java.util.function.Supplier;
import org.minivql.runtime.Cancelled;
import org.minivql.runtime.Conversions;
import org.minivql.runtime.Frame;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Catalog;
import org.minivql.spi.Mocks;
import org.minivql.spi.Permissions;
import org.minivql.spi.Signature;
import org.minivql.value.Lambda;
import org.minivql.value.Place;
import org.minivql.value.Scope;
import org.minivql.value.Values;

/** A call of a builtin function. The node is the identity of the call site. */
final class FunctionCall extends ExprNode {
  private static final Object[] UNEVALUATED = {};

  private final Catalog.Function function;
  private final ArgumentBinder binder;
  private final Place at;
  private final boolean guarded;

  FunctionCall(Catalog.Function function, CallArguments arguments, Place at) {
    this.at = at;
    this.function = function;
    this.guarded = Permissions.guards(function.signature().permission());
    this.binder = new ArgumentBinder(function.signature(), arguments, at);
  }

  @Override
  Object eval(Frame frame) {
    if (frame.overflows()) {
      return null;
    }
    Mocks mocks = frame.query().mocks();
    if (mocks != null) {
      Catalog.Function mock = mocks.function(function.signature().name());
      if (mock != null) {
        return call(frame, mock, null, true);
      }
    }
    return call(frame, function, binder, guarded);
  }

  /**
   * Calls the target.
   *
   * @param targetBinder null to leave the arguments alone
   * @param asks whether the target may need a permission
   */
  private Object call(
      Frame frame, Catalog.Function target, ArgumentBinder targetBinder, boolean asks) {
    Signature signature = target.signature();
    try {
      if (asks) {
        Permissions.check(frame, signature.permission());
      }
      Object[] bound = targetBinder == null ? UNEVALUATED : targetBinder.bindFunction(frame);
      return Values.reduce(target.body().call(new Call(frame, this, binder, at), bound));
    } catch (ArgumentException e) {
      frame.log(signature.logName() + ": " + e.getMessage(), at);
    } catch (Cancelled e) {
      throw e;
    } catch (RuntimeException e) {
      frame.log("ERROR:PANIC: " + signature.name() + ": " + e, at);
    } catch (StackOverflowError e) {
      frame.log("ERROR:" + signature.logName() + ": a value is nested too deeply", at);
    }
    return signature.onError().value();
  }

  /** One call of a builtin at a place in the query. */
  record Call(Frame frame, Object site, ArgumentBinder binder, Place at) implements CallContext {
    @Override
    public Scope scope() {
      return frame;
    }

    @Override
    public Scope about() {
      return frame.about(at);
    }

    @Override
    public String name() {
      return binder.signature().name();
    }

    @Override
    public void log(String message) {
      frame.log(binder.signature().logName() + ": " + message, at);
    }

    @Override
    public void append(String line) {
      frame.log(line, at);
    }

    @Override
    public <T> T aggregate(Supplier<T> init) {
      return frame.aggregates().state(site, init);
    }

    @Override
    public boolean given(String argument) {
      return binder.gave(argument);
    }

    @Override
    public <T> T siteState(Supplier<T> init) {
      return frame.runState(site, init);
    }

    @Override
    public Lambda lambda(String text) {
      return PlannedLambda.about(Conversions.lambda(frame, text), at);
    }
  }
}
