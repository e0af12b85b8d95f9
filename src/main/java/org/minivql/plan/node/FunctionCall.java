package org.minivql.plan.node;

import org.minivql.runtime.Cancelled;
import org.minivql.runtime.Frame;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.Catalog;
import org.minivql.spi.FunctionBody;
import org.minivql.spi.Mocks;
import org.minivql.spi.Permissions;
import org.minivql.spi.Signature;
import org.minivql.value.Place;
import org.minivql.value.Values;

/** A call of a builtin function. The node is the identity of the call site. */
public final class FunctionCall extends ExprNode {
  private static final Object[] UNEVALUATED = {};

  private final Catalog.Function function;
  private final CallSite site;
  private final boolean guarded;

  public FunctionCall(Catalog.Function function, CallArguments arguments, Place at) {
    this.function = function;
    this.guarded = Permissions.guards(function.signature().permission());
    this.site = new CallSite(this, new ArgumentBinder(function.signature(), arguments, at), at);
  }

  @Override
  public Object eval(Frame frame) {
    if (frame.overflows()) {
      return null;
    }
    Mocks mocks = frame.query().mocks();
    if (mocks != null) {
      Catalog.Function mock = mocks.function(function.signature().name());
      if (mock != null) {
        return call(frame, mock, true);
      }
    }
    return call(frame, function, guarded);
  }

  /**
   * Calls the function, or what stands in for it: that gets no arguments.
   *
   * @param asks whether the target may need a permission
   */
  private Object call(Frame frame, Catalog.Function target, boolean asks) {
    Signature signature = target.signature();
    try {
      if (asks) {
        Permissions.check(frame, signature.permission());
      }
      Call call = new Call(frame, site);
      if (target != function) {
        return Values.reduce(target.body().call(call, UNEVALUATED));
      }
      // Called from here: each frame of Java more makes the deepest recursion of VQL shallower.
      ArgumentBinder binder = site.binder();
      FunctionBody body = function.body();
      return Values.reduce(
          switch (binder.simple()) {
            case 1 -> body.callOne(call, binder.plain(frame, 0));
            case 2 -> body.callTwo(call, binder.plain(frame, 0), binder.plain(frame, 1));
            default -> body.call(call, binder.bindFunction(frame));
          });
    } catch (ArgumentException e) {
      frame.log(signature.logName() + ": " + e.getMessage(), site.at());
    } catch (Cancelled e) {
      throw e;
    } catch (RuntimeException e) {
      frame.log("ERROR:PANIC: " + signature.name() + ": " + e, site.at());
    } catch (StackOverflowError e) {
      String name = signature.logName().replaceFirst("^ERROR:", "");
      frame.log("ERROR:" + name + ": a value is nested too deeply", site.at());
    }
    return signature.onError().value();
  }
}
