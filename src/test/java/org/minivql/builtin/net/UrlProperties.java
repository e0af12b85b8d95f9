package org.minivql.builtin.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.minivql.spi.ArgumentException;
import org.minivql.value.Bytes;

class UrlProperties {
  @Property
  void readsWhatItWrites(
      @ForAll @AlphaChars @StringLength(min = 1, max = 8) String host,
      @ForAll @StringLength(max = 12) String rawPath,
      @ForAll @StringLength(max = 12) String rawFragment) {
    String path = "/" + Bytes.printable(rawPath);
    String fragment = Bytes.printable(rawFragment);
    Url url = UrlParser.parse(Url.of("https", host, path, "a=1", fragment).text());
    assertThat(url.member("Path")).isEqualTo(path);
    assertThat(url.member("Fragment")).isEqualTo(fragment);
    assertThat(url.member("Host")).isEqualTo(host);
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll String text) {
    try {
      assertThat(UrlParser.parse("http://" + text).text()).isNotEmpty();
    } catch (ArgumentException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Property
  void addressesAreWrittenTheShortestWay(@ForAll byte[] seed) {
    byte[] bytes = Arrays.copyOf(seed, 16);
    IpAddress address = IpAddress.of(bytes);
    String text = address.text();
    if (!text.startsWith("::ffff:")) {
      assertThat(IpAddress.parse(text).text()).isEqualTo(text);
      assertThat(text.length()).isLessThanOrEqualTo(39);
    }
  }
}
