package org.minivql.accessor.glob;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.minivql.accessor.PathStyle;

/**
 * A file pattern: components of {@code *}, {@code ?} and {@code [sets]}, and {@code **} for any
 * number of folders. Always ignores case.
 *
 * @since 0.1.0
 */
public final class Glob {
  private static final int DEEPEST = 30;
  private static final int MOST_ALTERNATIVES = 10_000;

  private final List<Step> steps;
  private final String text;

  private Glob(List<Step> steps, String text) {
    this.steps = steps;
    this.text = text;
  }

  /**
   * One component.
   *
   * @param name what the name must match; null for any
   * @param levels how many folders deep a {@code **} reaches; 0 for an ordinary component
   */
  private record Step(NamePattern name, int levels) {}

  /**
   * The patterns of a text, with braces expanded.
   *
   * @param style how the pattern is put together again
   * @param split takes a pattern apart
   */
  public static List<Glob> parse(
      PathStyle style, Function<String, List<String>> split, String text) {
    List<Glob> globs = new ArrayList<>();
    for (String alternative : braces(text)) {
      List<Step> steps = new ArrayList<>();
      List<String> components = split.apply(alternative);
      for (String component : components) {
        steps.add(
            component.startsWith("**")
                ? new Step(null, levels(component))
                : new Step(NamePattern.of(component), 0));
      }
      globs.add(new Glob(List.copyOf(steps), style.join(components)));
    }
    return globs;
  }

  private static int levels(String component) {
    String digits = component.substring(2).replaceFirst("^(\\d{1,2}).*", "$1");
    boolean number = !digits.isEmpty() && digits.chars().allMatch(Character::isDigit);
    return number ? Math.max(1, Math.min(DEEPEST, Integer.parseInt(digits))) : DEEPEST;
  }

  /** Replaces the innermost brace group by each of its alternatives until none is left. */
  private static Set<String> braces(String text) {
    Set<String> done = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(List.of(text));
    while (!open.isEmpty()) {
      String next = open.remove(0);
      int close = next.indexOf('}');
      int start = close < 0 ? -1 : next.lastIndexOf('{', close);
      if (start < 0 || open.size() + done.size() > MOST_ALTERNATIVES) {
        done.add(next);
        continue;
      }
      List<String> alternatives = new ArrayList<>();
      for (String alternative : next.substring(start + 1, close).split(",", -1)) {
        alternatives.add(next.substring(0, start) + alternative + next.substring(close + 1));
      }
      open.addAll(0, alternatives);
    }
    return done;
  }

  /** The normalised text. */
  public String text() {
    return text;
  }

  /** Whether the pattern has no component and so can match nothing. */
  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** Where in this pattern a search begins. */
  Position start() {
    return new Position(this, 0, 0);
  }

  /**
   * How far a pattern is matched by the folders above.
   *
   * @param glob the pattern
   * @param step the component that the next name must match
   * @param used how many folders a {@code **} has already taken
   */
  record Position(Glob glob, int step, int used) {
    /**
     * Matches the name of a file.
     *
     * @param next takes the positions from which the search goes on inside, if it is a folder
     * @return whether the file itself is a hit
     */
    boolean match(String name, Set<Position> next) {
      Step current = glob.steps.get(step);
      boolean last = step + 1 == glob.steps.size();
      if (current.levels() == 0) {
        if (!current.name().matches(name.toLowerCase(Locale.ROOT))) {
          return false;
        }
        if (!last) {
          next.add(new Position(glob, step + 1, 0));
        }
        return last;
      }
      if (used + 1 < current.levels()) {
        next.add(new Position(glob, step, used + 1));
      }
      if (last) {
        return true;
      }
      next.add(new Position(glob, step + 1, 0));
      // Followed by more, a double star also stands for no folder at all.
      return used == 0 && new Position(glob, step + 1, 0).match(name, next);
    }
  }
}
