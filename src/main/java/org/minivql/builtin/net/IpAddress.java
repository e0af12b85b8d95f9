package org.minivql.builtin.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.minivql.value.Absent;
import org.minivql.value.Displayed;
import org.minivql.value.Members;
import org.minivql.value.Operand;

/** An IPv4 or IPv6 address, written the short way. */
final class IpAddress implements Members, Operand, Displayed {
  private static final List<String> NAMES =
      List.of(
          "IsGlobalUnicast",
          "IsInterfaceLocalMulticast",
          "IsLinkLocalMulticast",
          "IsLinkLocalUnicast",
          "IsLoopback",
          "IsMulticast",
          "IsPrivate",
          "IsUnspecified",
          "String");

  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  static IpAddress of(byte[] bytes) {
    return new IpAddress(bytes.clone());
  }

  /** The address; null where the text is none. Names are never looked up. */
  static IpAddress parse(String text) {
    if (text.indexOf(':') < 0) {
      byte[] four = four(text);
      return four == null ? null : new IpAddress(four);
    }
    byte[] sixteen = sixteen(text);
    return sixteen == null ? null : new IpAddress(shortened(sixteen));
  }

  /** As the network knows it. */
  InetAddress inet() {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has four or sixteen bytes", e);
    }
  }

  private static byte[] four(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      if (!parts[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[i]) > 255) {
        return null;
      }
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return bytes;
  }

  private static byte[] sixteen(String raw) {
    String text = raw;
    int lastColon = text.lastIndexOf(':');
    if (text.indexOf('.') >= 0) {
      byte[] four = four(text.substring(lastColon + 1));
      if (four == null) {
        return null;
      }
      text =
          text.substring(0, lastColon + 1)
              + String.format("%02x%02x:%02x%02x", four[0], four[1], four[2], four[3]);
    }
    int gap = text.indexOf("::");
    if (gap != text.lastIndexOf("::")) {
      return null;
    }
    String[] head = groups(gap < 0 ? text : text.substring(0, gap));
    String[] tail = groups(gap < 0 ? "" : text.substring(gap + 2));
    int given = head.length + tail.length;
    if (gap < 0 ? given != 8 : given > 7) {
      return null;
    }
    byte[] bytes = new byte[16];
    return put(bytes, 0, head) && put(bytes, 8 - tail.length, tail) ? bytes : null;
  }

  private static String[] groups(String text) {
    return text.isEmpty() ? new String[0] : text.split(":", -1);
  }

  private static boolean put(byte[] bytes, int at, String[] groups) {
    for (int i = 0; i < groups.length; i++) {
      if (!groups[i].matches("[0-9a-fA-F]{1,4}")) {
        return false;
      }
      int value = Integer.parseInt(groups[i], 16);
      bytes[2 * (at + i)] = (byte) (value >> 8);
      bytes[2 * (at + i) + 1] = (byte) value;
    }
    return true;
  }

  /** Four bytes for an IPv4 address inside an IPv6 one. */
  private static byte[] shortened(byte[] sixteen) {
    for (int i = 0; i < 12; i++) {
      if (sixteen[i] != (i < 10 ? 0 : (byte) 0xff)) {
        return sixteen;
      }
    }
    return Arrays.copyOfRange(sixteen, 12, 16);
  }

  /** Whether the first bits are those of another address. */
  boolean startsWith(IpAddress prefix, int bits) {
    if (prefix.bytes.length != bytes.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      if (((bytes[bit / 8] ^ prefix.bytes[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
        return false;
      }
    }
    return true;
  }

  int bits() {
    return bytes.length * 8;
  }

  /** The name under which the domain name system knows the address. */
  String reverseName() {
    StringBuilder out = new StringBuilder();
    for (int i = bytes.length - 1; i >= 0; i--) {
      int value = bytes[i] & 0xff;
      if (bytes.length == 4) {
        out.append(value).append('.');
      } else {
        out.append(Integer.toHexString(value & 15)).append('.');
        out.append(Integer.toHexString(value >> 4)).append('.');
      }
    }
    return out.append(bytes.length == 4 ? "in-addr.arpa" : "ip6.arpa").toString();
  }

  @Override
  public String text() {
    StringBuilder out = new StringBuilder();
    if (bytes.length == 4) {
      for (int i = 0; i < 4; i++) {
        out.append(i == 0 ? "" : ".").append(bytes[i] & 0xff);
      }
      return out.toString();
    }
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
    }
    int[] gap = longestGap(groups);
    for (int i = 0; i < 8; i++) {
      if (i == gap[0]) {
        out.append("::");
        i += gap[1] - 1;
      } else {
        boolean first = out.length() == 0 || out.charAt(out.length() - 1) == ':';
        out.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return out.toString();
  }

  /** Where the longest run of zeros starts and how long it is; a single zero is not shortened. */
  private static int[] longestGap(int[] groups) {
    int[] best = {-1, 1};
    int start = 0;
    for (int i = 0; i <= 8; i++) {
      if (i == 8 || groups[i] != 0) {
        if (i - start > best[1]) {
          best = new int[] {start, i - start};
        }
        start = i + 1;
      }
    }
    return best;
  }

  @Override
  public Object member(String name) {
    if (name.equals("String")) {
      return text();
    }
    InetAddress address;
    try {
      address = InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
    return switch (name) {
      case "IsLoopback" -> address.isLoopbackAddress();
      case "IsMulticast" -> address.isMulticastAddress();
      case "IsUnspecified" -> address.isAnyLocalAddress();
      case "IsLinkLocalUnicast" -> address.isLinkLocalAddress();
      case "IsLinkLocalMulticast" -> address.isMCLinkLocal();
      case "IsInterfaceLocalMulticast" -> address.isMCNodeLocal();
      case "IsPrivate" -> isPrivate(address);
      case "IsGlobalUnicast" ->
          !address.isLoopbackAddress()
              && !address.isMulticastAddress()
              && !address.isAnyLocalAddress()
              && !address.isLinkLocalAddress()
              && !text().equals("255.255.255.255");
      default -> Absent.ABSENT;
    };
  }

  private boolean isPrivate(InetAddress address) {
    return bytes.length == 4 ? address.isSiteLocalAddress() : (bytes[0] & 0xfe) == 0xfc;
  }

  @Override
  public List<String> memberNames() {
    return NAMES;
  }

  @Override
  public Object equalTo(org.minivql.value.Scope scope, Object other) {
    return other instanceof IpAddress that ? Arrays.equals(bytes, that.bytes) : Absent.ABSENT;
  }

  @Override
  public Object display() {
    return text();
  }
}
