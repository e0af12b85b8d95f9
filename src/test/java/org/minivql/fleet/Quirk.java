package org.minivql.fleet;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The quirk of the server that a test shows, and whose warning it counts. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Quirk {
  /** Its id, such as {@code Q-08}. */
  String value();
}
