package org.minivql.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a static method as a VQL plugin: a producer of rows.
 *
 * <p>Each parameter of the method is one of: an {@link Arg}; one {@link CallContext}; one {@code
 * org.minivql.value.Sink} that takes the rows; one {@code Dict} with {@link AllArgs}. The method
 * returns void, or when {@code sink.row()} answered false.
 *
 * @since 0.1.0
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface VqlPlugin {
  /** The name in VQL. */
  String name();

  /** What rows it produces, in a sentence or two. */
  String doc();

  /** The columns of its rows where they are known beforehand. */
  String[] columns() default {};

  /** Examples as {@code query => JSON rows}; each is run as a test. */
  String[] examples() default {};

  /** What {@code version(plugin=…)} answers. */
  int version() default 0;

  /** The permission of the server model that a caller needs, or empty. */
  String permission() default "";

  /** The name that log lines of the plugin begin with, where it is not its own. */
  String logName() default "";

  /** Whether the plugin waits for events and does not end by itself. */
  boolean endless() default false;
}
