package org.minivql.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a static method as a VQL function. The declaration is all there is to write: argument
 * checking, error texts, documentation and completion come from it.
 *
 * <p>Each parameter of the method is one of: an {@link Arg}; one {@link CallContext}; one {@code
 * Dict} with {@link AllArgs}. The method returns the value.
 *
 * @since 0.1.0
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface VqlFunction {
  /** The name in VQL. */
  String name();

  /** What it returns, in a sentence or two. */
  String doc();

  /** Examples as {@code expression => JSON}; each is run as a test. */
  String[] examples() default {};

  /** What {@code version(function=…)} answers. */
  int version() default 0;

  /** The permission of the server model that a caller needs, or empty. */
  String permission() default "";

  /** What a call with bad arguments yields. */
  ErrorValue onError() default ErrorValue.NULL;

  /** The name that log lines of the function begin with, where it is not its own. */
  String logName() default "";

  /** Whether the function keeps state per call site in the aggregate context. */
  boolean aggregate() default false;
}
