package org.minivql.builtin.collection;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Displayed;
import org.minivql.value.Members;
import org.minivql.value.Operand;
import org.minivql.value.Scope;

/** A version by the rules of semver.org, read leniently. */
record SemanticVersion(long major, long minor, long patch, String prerelease, String build)
    implements Members, Operand, Displayed {
  private static final String IDENTIFIERS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
  private static final Pattern TEXT =
      Pattern.compile(
          "v?(\\d{1,18})(?:\\.(\\d{1,18}))?(?:\\.(\\d{1,18}))?(?:-("
              + IDENTIFIERS
              + "))?(?:\\+("
              + IDENTIFIERS
              + "))?");
  private static final List<String> NAMES =
      List.of("Major", "Minor", "Patch", "Prerelease", "Version");

  /** The version, or null where the text is none. */
  static SemanticVersion parse(String text) {
    Matcher matcher = text.length() > 256 ? null : TEXT.matcher(text);
    if (matcher == null || !matcher.matches()) {
      return null;
    }
    return new SemanticVersion(
        number(matcher.group(1)),
        number(matcher.group(2)),
        number(matcher.group(3)),
        matcher.group(4) == null ? "" : matcher.group(4),
        matcher.group(5) == null ? "" : matcher.group(5));
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  @Override
  public String text() {
    return major
        + "."
        + minor
        + "."
        + patch
        + (prerelease.isEmpty() ? "" : "-" + prerelease)
        + (build.isEmpty() ? "" : "+" + build);
  }

  @Override
  public Object member(String name) {
    return switch (name) {
      case "Major" -> major;
      case "Minor" -> minor;
      case "Patch" -> patch;
      case "Prerelease" -> prerelease;
      case "Version" -> text();
      default -> Absent.ABSENT;
    };
  }

  @Override
  public List<String> memberNames() {
    return NAMES;
  }

  @Override
  public Object display() {
    Dict.Builder members = Dict.builder();
    NAMES.forEach(name -> members.set(name, member(name)));
    return members.build();
  }

  @Override
  public Object equalTo(Scope scope, Object other) {
    SemanticVersion version = of(other);
    return version != null && compare(version) == 0;
  }

  @Override
  public Object compareWith(Scope scope, Object other) {
    SemanticVersion version = of(other);
    return version == null ? Absent.ABSENT : (Object) Integer.signum(compare(version));
  }

  private static SemanticVersion of(Object other) {
    if (other instanceof SemanticVersion version) {
      return version;
    }
    return other instanceof String text ? parse(text) : null;
  }

  private int compare(SemanticVersion other) {
    int result = Long.compare(major, other.major);
    result = result != 0 ? result : Long.compare(minor, other.minor);
    result = result != 0 ? result : Long.compare(patch, other.patch);
    return result != 0 ? result : compare(prerelease, other.prerelease);
  }

  /** No prerelease is above any; numbers are below words; more identifiers are above fewer. */
  private static int compare(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Boolean.compare(a.isEmpty(), b.isEmpty());
    }
    String[] left = a.split("\\.");
    String[] right = b.split("\\.");
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int result = identifier(left[i], right[i]);
      if (result != 0) {
        return result;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  private static int identifier(String a, String b) {
    boolean leftNumber = a.matches("\\d+");
    boolean rightNumber = b.matches("\\d+");
    if (leftNumber && rightNumber) {
      return new BigInteger(a).compareTo(new BigInteger(b));
    }
    return leftNumber == rightNumber ? a.compareTo(b) : Boolean.compare(rightNumber, leftNumber);
  }
}
