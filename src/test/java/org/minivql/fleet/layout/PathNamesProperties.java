package org.minivql.fleet.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PathNamesProperties {
  @Property
  void decodingUndoesEncoding(@ForAll String name) {
    String clean = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String encoded = PathNames.encode(clean);

    if (encoded.startsWith("#")) {
      assertThat(clean.getBytes(StandardCharsets.UTF_8).length * 3).isGreaterThanOrEqualTo(250);
    } else {
      assertThat(PathNames.decode(encoded)).isEqualTo(clean);
    }
    assertThat(encoded).doesNotContain("/", "\\", ":", "\u0000");
  }

  @Example
  void specialNames() {
    assertThat(PathNames.encode("Generic.Client.Info/Basic"))
        .isEqualTo("Generic.Client.Info%2FBasic");
    assertThat(PathNames.encode("C:")).isEqualTo("C%3A");
    assertThat(PathNames.encode("..")).isEqualTo("%2E%2E");
    assertThat(PathNames.encode("a.db")).isEqualTo("a.db_");
    assertThat(PathNames.encode("a_")).isEqualTo("a__");
    assertThat(PathNames.encode(".a.")).isEqualTo("%2Ea%2E");
    assertThat(PathNames.encode("#a")).isEqualTo("%23a");
    assertThat(PathNames.encode("A b~1-2_3$.x")).isEqualTo("A b~1-2_3$.x");
    assertThat(PathNames.encode("a".repeat(249))).isEqualTo("a".repeat(249));
  }

  @Example
  void longNamesAreKeptAsTheirHash() {
    assertThat(PathNames.encode("a".repeat(250)))
        .isEqualTo("#b5d5e3e0fcccfb49d704a1e10bc97ce9761a14fe");
    assertThat(PathNames.encode(":".repeat(84))).startsWith("#").hasSize(41);
    assertThat(PathNames.encode(":".repeat(83))).hasSize(249);
  }
}
