package org.minivql.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the {@code Dict} parameter that receives the arguments in source order, evaluated, under
 * the names the caller chose. With declared arguments beside it, it receives the ones not declared;
 * alone, all of them. Stored queries stay stored queries.
 *
 * @since 0.1.0
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface AllArgs {
  /** What the arguments mean. */
  String value();
}
