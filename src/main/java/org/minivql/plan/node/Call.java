package org.minivql.plan.node;

import java.util.function.Supplier;
import org.minivql.runtime.Conversions;
import org.minivql.runtime.Frame;
import org.minivql.spi.CallContext;
import org.minivql.value.Lambda;
import org.minivql.value.Scope;

/** One call of a builtin. */
public record Call(Frame frame, CallSite site) implements CallContext {
  @Override
  public Scope scope() {
    return frame;
  }

  @Override
  public Scope about() {
    return frame.about(site.at());
  }

  @Override
  public String name() {
    return site.binder().signature().name();
  }

  @Override
  public void log(String message) {
    frame.log(site.binder().signature().logName() + ": " + message, site.at());
  }

  @Override
  public void append(String line) {
    frame.log(line, site.at());
  }

  @Override
  public <T> T aggregate(Supplier<T> init) {
    return frame.aggregates().state(site.identity(), init);
  }

  @Override
  public boolean given(String argument) {
    return site.binder().gave(argument);
  }

  @Override
  public <T> T siteState(Supplier<T> init) {
    return frame.runState(site.identity(), init);
  }

  @Override
  public Lambda lambda(String text) {
    return PlannedLambda.about(Conversions.lambda(frame, text), site.at());
  }
}
