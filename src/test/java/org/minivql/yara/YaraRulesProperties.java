package org.minivql.yara;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minivql.value.Dict;

class YaraRulesProperties {
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "rule ",
            "R ",
            "{ ",
            "} ",
            "strings: ",
            "condition: ",
            "$a ",
            "= ",
            "\"x\" ",
            "/x/ ",
            "( ",
            ") ",
            "[1-2] ",
            "and ",
            "or ",
            "not ",
            "of ",
            "them ",
            "any ",
            "for ",
            "all ",
            ": ",
            "1 ",
            "..",
            "#a ",
            "@a ",
            "in ",
            "at ",
            "uint8(0) ",
            "- ",
            "wide ",
            "xor ")
        .list()
        .ofMaxSize(40)
        .map(words -> String.join("", words));
  }

  @Property(tries = 500)
  void anyTextIsRulesOrAnError(@ForAll("texts") String text) {
    try {
      YaraRules.compile("rule R { " + text, Dict.EMPTY)
          .scan(new byte[100], 100, YaraRulesTest.NOBODY, match -> true);
    } catch (YaraException e) {
      assertThat(e.getMessage()).startsWith("line ");
    }
  }
}
