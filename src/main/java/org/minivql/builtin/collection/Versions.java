package org.minivql.builtin.collection;

import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.VqlFunction;

/** Versions of software. */
final class Versions {
  private Versions() {}

  @VqlFunction(
      name = "semver",
      version = 1,
      doc = "A semantic version, which compares with other versions and with texts by precedence.",
      examples = {
        "semver(version='v2.4')"
            + " => {\"Major\":2,\"Minor\":4,\"Patch\":0,\"Prerelease\":\"\",\"Version\":\"2.4.0\"}",
        "semver(version='1.10.0') > '1.9' => true",
        "semver(version='1.0.0-rc.2') < semver(version='1.0.0') => true",
        "semver(version='1.0.0') < 'soon' => false",
        "semver(version='') => null"
      })
  static Object semver(@Arg(value = "The version.", required = true) String version) {
    if (version.isEmpty()) {
      return null;
    }
    SemanticVersion parsed = SemanticVersion.parse(version);
    if (parsed == null) {
      throw new ArgumentException("invalid semantic version '" + version + "'");
    }
    return parsed;
  }
}
