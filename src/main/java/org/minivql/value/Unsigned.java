package org.minivql.value;

import java.math.BigInteger;

/**
 * An integer from 2^63 to 2^64-1, as JSON and binary data hold them. It is written, compared and
 * turned into a float by its value; operators that give integers count on with its 64 bits and give
 * signed ones, which wrap around. All smaller integers are {@code Long}.
 *
 * @since 0.1.0
 */
public final class Unsigned extends Number implements Comparable<Unsigned> {
  private static final long serialVersionUID = 1;

  private final long bits;

  private Unsigned(long bits) {
    this.bits = bits;
  }

  /**
   * The integer that 64 bits without a sign stand for.
   *
   * @return a {@code Long} where it fits one
   */
  public static Object of(long bits) {
    return bits >= 0 ? (Object) bits : new Unsigned(bits);
  }

  /**
   * The value of an integer of any size.
   *
   * @return a {@code Long} or {@code Unsigned} where it fits one, else a {@code Double}
   */
  public static Object of(BigInteger number) {
    if (number.bitLength() < Long.SIZE) {
      return number.longValue();
    }
    boolean fits = number.signum() > 0 && number.bitLength() == Long.SIZE;
    return fits ? (Object) new Unsigned(number.longValue()) : number.doubleValue();
  }

  @Override
  public int intValue() {
    return (int) bits;
  }

  @Override
  public long longValue() {
    return bits;
  }

  @Override
  public float floatValue() {
    return (float) doubleValue();
  }

  @Override
  public double doubleValue() {
    // The lowest bit stays visible to the rounding.
    return (double) (bits >>> 1 | bits & 1) * 2;
  }

  @Override
  public int compareTo(Unsigned other) {
    return Long.compareUnsigned(bits, other.bits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Unsigned unsigned && unsigned.bits == bits;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(bits);
  }
}
