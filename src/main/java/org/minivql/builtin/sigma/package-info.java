/**
 * Event logs and the Sigma rules that look at them.
 *
 * <p>Declares builtins over {@code format.evtx} and {@code sigma}; knows neither files, which come
 * from accessors, nor the server, whose warnings it only adds to. Each topic is a class of
 * annotated methods.
 */
@NullUnmarked
package org.minivql.builtin.sigma;

import org.jspecify.annotations.NullUnmarked;
