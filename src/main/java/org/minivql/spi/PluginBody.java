package org.minivql.spi;

import org.minivql.value.Sink;

/**
 * What a plugin does, with its arguments already converted.
 *
 * @since 0.1.0
 */
public interface PluginBody {
  /**
   * Produces rows until there are no more or the sink wants no more.
   *
   * @param context the call
   * @param arguments one converted value for each declared parameter, then, for an open signature,
   *     a {@code Dict} of the others
   * @param out takes the rows
   */
  void run(CallContext context, Object[] arguments, Sink out);
}
