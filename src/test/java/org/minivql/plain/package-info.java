/**
 * The language once more, as plainly as can be: a walk over the syntax tree with scopes that are
 * chains of maps. It shares parser, values, operators and the bodies of simple builtins with the
 * engine, and nothing of its plan; what optimisations may change is written here a second time.
 */
package org.minivql.plain;
