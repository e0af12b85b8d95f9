/**
 * What a VQL value is and what operators mean.
 *
 * <p>Uses the JDK and the regular expression library only. The entry types are {@link
 * org.minivql.value.Dict} and {@link org.minivql.value.Operators}. Values are immutable: null
 * (NULL), Boolean, Long, Double, String (bytes, see {@link org.minivql.value.Bytes}), {@link
 * java.util.List}, {@link org.minivql.value.Dict}, {@link org.minivql.value.Timestamp}, {@link
 * org.minivql.value.StoredQuery}, {@link org.minivql.value.Materialized}, {@link
 * org.minivql.value.Lambda}, {@link org.minivql.value.Scope} and host objects that implement {@link
 * org.minivql.value.Members}. A rule for a new operand type is a {@link
 * org.minivql.value.Protocol}.
 */
@NullUnmarked
package org.minivql.value;

import org.jspecify.annotations.NullUnmarked;
