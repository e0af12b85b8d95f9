/**
 * YARA rules: text to rules, and rules over the bytes of a file. Bytes are kept as characters of
 * the same number, so that patterns of bytes are patterns of characters.
 *
 * <p>Modules ({@code import "pe"} and others) and rules compiled beforehand are not supported;
 * saying so is the job of {@link org.minivql.yara.YaraException}.
 */
package org.minivql.yara;
