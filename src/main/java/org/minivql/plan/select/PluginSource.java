package org.minivql.plan.select;

import java.util.List;
import org.minivql.plan.node.ArgumentBinder;
import org.minivql.plan.node.Call;
import org.minivql.plan.node.CallArguments;
import org.minivql.plan.node.CallSite;
import org.minivql.runtime.Cancelled;
import org.minivql.runtime.Frame;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.Catalog;
import org.minivql.spi.Mocks;
import org.minivql.spi.Namespace;
import org.minivql.spi.Permissions;
import org.minivql.spi.Signature;
import org.minivql.value.Place;
import org.minivql.value.Sink;

/** A call of a plugin: of a catalog, or of a namespace that is asked at each run. */
public final class PluginSource extends Source {
  private final String name;
  private final Catalog.Plugin plugin;
  private final Namespace namespace;
  private final List<String> path;
  private final CallArguments arguments;
  private final CallSite site;
  private final boolean guarded;
  private final Place at;

  public PluginSource(String name, Catalog.Plugin plugin, CallArguments arguments, Place at) {
    this.name = name;
    this.plugin = plugin;
    this.namespace = null;
    this.path = List.of();
    this.arguments = arguments;
    this.at = at;
    this.site = site(plugin);
    this.guarded = Permissions.guards(plugin.signature().permission());
  }

  public PluginSource(
      String name, Namespace namespace, List<String> path, CallArguments arguments, Place at) {
    this.name = name;
    this.plugin = null;
    this.namespace = namespace;
    this.path = path;
    this.arguments = arguments;
    this.at = at;
    this.site = null;
    this.guarded = true;
  }

  private CallSite site(Catalog.Plugin called) {
    return new CallSite(this, new ArgumentBinder(called.signature(), arguments, at), at);
  }

  @Override
  void run(Frame frame, Sink out) {
    if (frame.overflows()) {
      return;
    }
    Mocks mocks = frame.query().mocks();
    Catalog.Plugin mock = mocks == null ? null : mocks.plugin(name);
    if (mock != null) {
      run(frame, mock, site(mock), true, out);
    } else if (plugin != null) {
      run(frame, plugin, site, guarded, out);
    } else {
      Catalog.Plugin computed = namespace.plugin(path);
      run(frame, computed, site(computed), true, out);
    }
  }

  private void run(Frame frame, Catalog.Plugin target, CallSite called, boolean asks, Sink out) {
    Signature signature = target.signature();
    try {
      if (asks) {
        Permissions.check(frame, signature.permission());
      }
      Object[] bound = called.binder().bindPlugin(frame);
      target.body().run(new Call(frame, called), bound, out);
    } catch (ArgumentException e) {
      frame.log(signature.logName() + ": " + e.getMessage(), at);
    } catch (Cancelled e) {
      throw e;
    } catch (RuntimeException e) {
      frame.log("ERROR:PANIC: " + signature.name() + ": " + e, at);
    }
  }
}
