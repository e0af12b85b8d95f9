/**
 * The compile-time processor of builtin declarations. Not part of the product: it runs in the build
 * and is left out of the jar.
 */
package org.minivql.processor;
