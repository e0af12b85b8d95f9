package org.minivql.builtin.net;

import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;

/** Addresses of the internet protocol. */
final class Addresses {
  private Addresses() {}

  @VqlFunction(
      name = "ip",
      version = 2,
      doc = "An address from text or from an integer, with members such as IsPrivate.",
      onError = ErrorValue.FALSE,
      examples = {
        "ip(parse='10.1.2.3') => \"10.1.2.3\"",
        "ip(parse='2001:DB8:0:0::1') => \"2001:db8::1\"",
        "ip(parse='10.1.2.3').IsPrivate => true",
        "ip(netaddr4_le=50462986) => \"10.1.2.3\"",
        "ip(netaddr4_be=167838211) => \"10.1.2.3\"",
        "ip(parse='10.1.2') => null",
        "ip() => \"0.0.0.0\""
      })
  static Object ip(
      @Arg("The address as text.") String parse,
      @Arg(value = "An IPv4 address as a little endian integer.", name = "netaddr4_le")
          long littleEndian,
      @Arg(value = "An IPv4 address as a big endian integer.", name = "netaddr4_be")
          long bigEndian) {
    if (parse != null && !parse.isEmpty()) {
      return IpAddress.parse(parse);
    }
    int address = littleEndian > 0 ? Integer.reverseBytes((int) littleEndian) : (int) bigEndian;
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) (address >> (24 - 8 * i));
    }
    return IpAddress.of(bytes);
  }

  @VqlFunction(
      name = "cidr_contains",
      doc = "Whether an address lies in one of several blocks.",
      examples = {
        "cidr_contains(ip='10.1.2.3', ranges=('192.168.0.0/16', '10.0.0.0/8')) => true",
        "cidr_contains(ip='11.1.2.3', ranges='10.0.0.0/8') => false",
        "cidr_contains(ip='fe80::1', ranges='fe80::/10') => true",
        "cidr_contains(ip='somewhere', ranges='10.0.0.0/8') => false",
        "cidr_contains(ip='10.1.2.3', ranges=('10/8', '10.0.0.0/8')) => false"
      })
  static Object cidrContains(
      CallContext context,
      @Arg(value = "The address.", required = true) String ip,
      @Arg(value = "The blocks.", required = true) StringList ranges) {
    IpAddress address = IpAddress.parse(ip);
    if (address == null) {
      return false;
    }
    for (String range : ranges) {
      int slash = range.indexOf('/');
      IpAddress prefix = slash < 0 ? null : IpAddress.parse(range.substring(0, slash));
      String length = range.substring(slash + 1);
      if (prefix == null
          || !length.matches("[0-9]{1,3}")
          || Integer.parseInt(length) > prefix.bits()) {
        context.log("invalid CIDR address: " + range);
        return false;
      }
      if (address.startsWith(prefix, Integer.parseInt(length))) {
        return true;
      }
    }
    return false;
  }
}
