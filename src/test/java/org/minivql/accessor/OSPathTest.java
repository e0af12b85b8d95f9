package org.minivql.accessor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OSPathTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          GENERIC  | /srv/www                    | srv,www             | /srv/www
          GENERIC  | srv\\www\\                  | srv,www             | /srv/www
          GENERIC  | C:\\Temp\\x                 | C:,Temp,x           | C:/Temp/x
          GENERIC  | /a/"b/c"/d                  | a,b/c,d             | /a/"b/c"/d
          GENERIC  | /a/../b/./c                 | a,b,c               | /a/b/c
          LINUX    | /a/b\\c                     | a,b\\c              | /a/b\\c
          WINDOWS  | C:\\Temp\\"x/y"             | C:,Temp,x/y         | C:\\Temp\\"x/y"
          WINDOWS  | \\\\.\\D:\\Temp             | \\\\.\\D:,Temp      | \\\\.\\D:\\Temp
          WINDOWS  | \\\\host\\share\\x          | \\\\host,share,x    | \\\\host\\share\\x
          NTFS     | d:\\x                       | \\\\.\\D:,x         | \\\\.\\D:\\x
          REGISTRY | hkcu/Console                | HKEY_CURRENT_USER,Console | HKEY_CURRENT_USER\\Console
          ZIP      | /C%3A/x                     | C:,x                | /C%3A/x
          """)
  void readsAndPrintsEachStyle(PathStyle style, String text, String components, String printed) {
    OSPath path = OSPath.parse(style, text);
    assertThat(String.join(",", path.components())).isEqualTo(components);
    assertThat(path.path()).isEqualTo(printed);
  }

  @Test
  void keepsShadowCopyDevicesTogether() {
    OSPath path =
        OSPath.parse(PathStyle.WINDOWS, "\\\\?\\GLOBALROOT\\Device\\HarddiskVolume7\\Temp\\a.txt");
    assertThat(path.components())
        .containsExactly("\\\\?\\GLOBALROOT\\Device\\HarddiskVolume7", "Temp", "a.txt");
  }

  @Test
  void printsAContainerAsJsonAndReadsItAgain() {
    OSPath path =
        OSPath.of(PathStyle.GENERIC, List.of("in", "a.txt")).in("zip", "/data/archive.zip");
    String text = path.text();
    assertThat(text)
        .isEqualTo(
            "{\"DelegateAccessor\":\"zip\",\"DelegatePath\":\"/data/archive.zip\",\"Path\":\"/in/a.txt\"}");
    assertThat(OSPath.parse(PathStyle.GENERIC, text)).isEqualTo(path);
    assertThat(path.member("HumanString")).isEqualTo("/data/archive.zip -> /in/a.txt");
  }

  @Test
  void takesANameThatOnlyLooksLikeJsonAsAName() {
    assertThat(OSPath.parse(PathStyle.LINUX, "{not json").components())
        .containsExactly("{not json");
  }

  @Test
  void indexesSlicesAndAppends() {
    OSPath path = OSPath.parse(PathStyle.WINDOWS, "C:\\Users\\eve\\x.ini");
    assertThat(path.get(null, -2L)).isEqualTo("eve");
    assertThat(path.get(null, 9L)).isNull();
    assertThat(((OSPath) path.slice(null, 1L, -1L)).path()).isEqualTo("Users\\eve");
    assertThat(((OSPath) path.add(null, "a/b")).basename()).isEqualTo("b");
    assertThat(((OSPath) path.add(null, List.of("a/b"))).basename()).isEqualTo("a/b");
  }
}
