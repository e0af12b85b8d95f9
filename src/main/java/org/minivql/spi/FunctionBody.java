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

  /**
   * Calls a function of one declared parameter that is not open.
   *
   * @param context the call
   * @param argument its converted value
   * @return the value
   */
  default Object callOne(CallContext context, Object argument) {
    return call(context, new Object[] {argument});
  }

  /**
   * Calls a function of two declared parameters that is not open.
   *
   * @param context the call
   * @param first the converted value of the first
   * @param second the converted value of the second
   * @return the value
   */
  default Object callTwo(CallContext context, Object first, Object second) {
    return call(context, new Object[] {first, second});
  }
}
