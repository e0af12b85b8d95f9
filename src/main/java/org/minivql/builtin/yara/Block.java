package org.minivql.builtin.yara;

import java.util.Arrays;
import java.util.List;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.yara.YaraRules;

/**
 * A part of a file that is scanned by itself.
 *
 * @param bytes holds it
 * @param length how many bytes it has
 * @param offset where it begins in the file
 */
record Block(byte[] bytes, int length, long offset) {
  /** The {@code String} of a row: the hit with some bytes around, as far as the block has them. */
  Dict string(YaraRules.Match match, long context) {
    if (match.string().isEmpty()) {
      return Dict.of("Name", "", "Offset", 0L, "HexData", null, "Data", null);
    }
    long from = Math.max(0, match.offset() - context);
    long to = Math.min(length, match.offset() + match.length() + context);
    byte[] data = Arrays.copyOfRange(bytes, (int) from, (int) to);
    List<Object> dump = HexDump.of(data);
    return Dict.of(
        "Name",
        match.string(),
        "Offset",
        offset + match.offset(),
        "HexData",
        dump,
        "Data",
        Bytes.decode(data));
  }
}
