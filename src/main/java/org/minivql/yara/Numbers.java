package org.minivql.yara;

/** Numbers as rules write them: 10, 0x1F, 0o17, 2KB, 1.5. */
final class Numbers {
  private Numbers() {}

  static Object of(Token token) throws YaraException {
    String text = token.text();
    try {
      if (text.startsWith("0x")) {
        return Long.parseUnsignedLong(text.substring(2), 16);
      }
      if (text.startsWith("0o")) {
        return Long.parseLong(text.substring(2), 8);
      }
      if (text.contains(".")) {
        return Double.parseDouble(text);
      }
      if (text.endsWith("KB") || text.endsWith("MB")) {
        long unit = text.endsWith("KB") ? 1 << 10 : 1 << 20;
        return Math.multiplyExact(Long.parseLong(text.substring(0, text.length() - 2)), unit);
      }
      return Long.parseLong(text);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new YaraException(token.line(), "invalid number " + text);
    }
  }
}
