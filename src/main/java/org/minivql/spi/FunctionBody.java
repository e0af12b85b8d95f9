package org.minivql.spi;

/**
 * What a function does, with its arguments already converted.
 *
 * @since 0.1.0
 */
public interface FunctionBody {
  /**
   * Calls the function.
   *
   * @param context the call
   * @param arguments one converted value for each declared parameter, then, for an open signature,
   *     a {@code Dict} of the others
   * @return the value
   */
  Object call(CallContext context, Object[] arguments);
}
