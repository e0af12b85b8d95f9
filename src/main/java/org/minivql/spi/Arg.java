package org.minivql.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one named argument. The Java type of the parameter says what is accepted:
 *
 * <table>
 * <caption>Java type and VQL argument type</caption>
 * <tr><td>{@code Object}</td><td>any; {@code null} is NULL, {@code Absent.ABSENT} where not given and not
 * required</td></tr>
 * <tr><td>{@code long}, {@code Long}</td><td>int</td></tr>
 * <tr><td>{@code double}, {@code Double}</td><td>float</td></tr>
 * <tr><td>{@code boolean}, {@code Boolean}</td><td>bool: the truth of anything</td></tr>
 * <tr><td>{@code String}</td><td>string</td></tr>
 * <tr><td>{@code StringList}</td><td>list of strings</td></tr>
 * <tr><td>{@code List<Object>}</td><td>list of any</td></tr>
 * <tr><td>{@code DictList}</td><td>list of dicts</td></tr>
 * <tr><td>{@code Dict}</td><td>dict</td></tr>
 * <tr><td>{@code StoredQuery}</td><td>query: a query, or a list or value turned into one</td></tr>
 * <tr><td>{@code Lazy}</td><td>lazy: the unevaluated expression</td></tr>
 * <tr><td>{@code Lambda}</td><td>a string holding {@code params => expression}</td></tr>
 * <tr><td>{@code Timestamp}</td><td>a time: number, text or timestamp</td></tr>
 * </table>
 *
 * An argument that is not given and has no default arrives as {@code null} for reference types
 * (except {@code Object}) and as zero or false for primitive ones.
 *
 * @since 0.1.0
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Arg {
  /** What the argument means. */
  String value();

  /** The name in VQL where it is not the name of the parameter. */
  String name() default "";

  /** Whether a call without it is an error. */
  boolean required() default false;

  /** The value, as text, where the argument is not given. */
  String defaultValue() default "";
}
