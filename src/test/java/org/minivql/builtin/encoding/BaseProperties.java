package org.minivql.builtin.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.minivql.value.Bytes;

class BaseProperties {
  @Property
  void base64KeepsEveryByte(@ForAll byte[] data) {
    String text = Bytes.decode(data);
    assertThat(Base.base64decode((String) Base.base64encode(text))).isEqualTo(text);
  }

  @Property
  void unhexReadsHexadecimalDigits(@ForAll byte[] data) {
    assertThat(Base.unhex("0x" + HexFormat.ofDelimiter(" ").formatHex(data)))
        .isEqualTo(Bytes.decode(data));
  }

  @Property
  void ciphersUndoThemselves(@ForAll byte[] data, @ForAll @Size(min = 1, max = 256) byte[] key) {
    String text = Bytes.decode(data);
    String secret = Bytes.decode(key);
    assertThat(Ciphers.xor((String) Ciphers.xor(text, secret), secret)).isEqualTo(text);
    assertThat(Ciphers.cryptoRc4((String) Ciphers.cryptoRc4(text, secret), secret)).isEqualTo(text);
    assertThat(Ciphers.rot13((String) Ciphers.rot13(text))).isEqualTo(text);
  }
}
