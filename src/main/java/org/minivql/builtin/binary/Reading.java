package org.minivql.builtin.binary;

import org.minivql.value.Lambda;
import org.minivql.value.Scope;
import org.minivql.value.Values;

/** What decoding needs: the file and the scope of the profile's lambdas. */
record Reading(Scope scope, Pages pages) {
  /** The value of an option that is a constant or a lambda of the struct; 0 where it fails. */
  long number(Object option, Object struct, long missing) {
    if (option == null) {
      return missing;
    }
    Object value = evaluate(option, struct);
    return Values.isNumeric(value) ? Values.toLong(value) : 0;
  }

  /** A constant itself, a lambda's value for the struct. */
  Object evaluate(Object option, Object struct) {
    return option instanceof Lambda lambda ? Values.reduce(lambda.call(scope, struct)) : option;
  }
}
