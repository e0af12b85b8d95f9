package org.minivql.sigma.search;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A range of addresses written as {@code address/bits}. */
final class Network {
  private static final Pattern V4 = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  private final byte[] address;
  private final int bits;

  private Network(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /** The network of a text; null where it is none. A single address is a network of its own. */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    try {
      int bits =
          slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1).strip());
      return bits < 0 || bits > address.length * 8 ? null : new Network(address, bits);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  boolean contains(String text) {
    byte[] other = address(text.strip());
    if (other == null || other.length != address.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i & 7);
      if ((other[i >> 3] & mask) != (address[i >> 3] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** Only what is an address already: a name would be looked up in the network. */
  private static byte[] address(String text) {
    if (V4.matcher(text).matches()) {
      return v4(text.split("\\."));
    }
    if (!V6.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static byte[] v4(String[] parts) {
    byte[] address = new byte[4];
    for (int i = 0; i < 4; i++) {
      int part = Integer.parseInt(parts[i]);
      if (part > 255) {
        return null;
      }
      address[i] = (byte) part;
    }
    return address;
  }
}
