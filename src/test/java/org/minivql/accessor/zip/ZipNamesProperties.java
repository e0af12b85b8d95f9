package org.minivql.accessor.zip;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.minivql.accessor.PathStyle;

class ZipNamesProperties {
  @Property
  void escapingCanBeUndoneAndMakesNoFolders(@ForAll String component) {
    String clean = org.minivql.value.Bytes.decode(org.minivql.value.Bytes.encode(component));

    assertThat(PathStyle.unescape(ZipNames.escaped(clean))).isEqualTo(clean);
    assertThat(ZipNames.escaped(clean)).doesNotContain("/", "\\").isNotEqualTo("..");
  }

  @Example
  void onlyWhatAFileSystemCouldNotHaveIsEscaped() {
    assertThat(ZipNames.escaped("?\"*:|<>%/\\,")).isEqualTo("%3F%22%2A%3A%7C%3C%3E%25%2F%5C%2C");
    assertThat(ZipNames.escaped(".a b.c ")).isEqualTo("%2Ea b.c%20");
    assertThat(ZipNames.escaped(" a.")).isEqualTo("%20a%2E");
    assertThat(ZipNames.escaped("#é[]{}'&+=~$__")).isEqualTo("#é[]{}'&+=~$__");
    assertThat(ZipNames.escaped("cache.db")).isEqualTo("cache.db");
  }
}
