package org.minivql.plan.node;

import org.minivql.value.Place;

/**
 * A place in the program where a builtin is called.
 *
 * @param identity what the state of the place is kept under
 * @param binder its arguments
 * @param at where it stands
 */
public record CallSite(Object identity, ArgumentBinder binder, Place at) {}
