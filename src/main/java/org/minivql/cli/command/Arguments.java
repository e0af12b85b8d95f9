package org.minivql.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.analysis.Spelling;

/**
 * Splits the words of a command line into options and operands.
 *
 * <p>A word is an option only where it looks like a name, so that a query text that begins with a
 * comment ({@code -- …}) is an operand. Underscores in option names count as dashes.
 */
public final class Arguments {
  private final Spec spec;
  private final List<Option> known;
  private final Map<String, List<String>> options = new LinkedHashMap<>();
  private final List<String> operands = new ArrayList<>();

  private Arguments(Spec spec) {
    this.spec = spec;
    this.known = spec.allOptions();
  }

  public static Invocation parse(Spec spec, List<String> words, Console console) {
    Arguments arguments = new Arguments(spec);
    arguments.read(words);
    if (!arguments.options.containsKey("help")) {
      arguments.checkOperands();
    }
    return new Invocation(console, arguments.options, arguments.operands);
  }

  private void read(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        operands.addAll(words.subList(i + 1, words.size()));
        return;
      }
      if (!isOption(word)) {
        operands.add(word);
        continue;
      }
      if (!word.startsWith("--") && word.length() > 2) {
        i += letters(word, i + 1 < words.size() ? words.get(i + 1) : null);
        continue;
      }
      int equals = word.indexOf('=');
      Option option = find(equals < 0 ? word : word.substring(0, equals));
      if (option.isSwitch()) {
        if (equals >= 0) {
          throw CommandException.cannotStart("--" + option.name() + " takes no value");
        }
        add(option, "");
      } else if (equals >= 0) {
        add(option, word.substring(equals + 1));
      } else {
        add(option, next(option, i + 1 < words.size() ? words.get(++i) : null));
      }
    }
  }

  /**
   * Takes a word such as {@code -qv}, {@code -Ddir} or {@code -qDdir}.
   *
   * @param next the word after it, or null
   * @return how many words after it were taken, too
   */
  private int letters(String word, String next) {
    for (int i = 1; i < word.length(); i++) {
      Option option = find("-" + word.charAt(i));
      String rest = word.substring(i + 1);
      if (!option.isSwitch()) {
        add(
            option,
            rest.isEmpty() ? next(option, next) : rest.startsWith("=") ? rest.substring(1) : rest);
        return rest.isEmpty() ? 1 : 0;
      }
      if (rest.startsWith("=")) {
        throw CommandException.cannotStart("--" + option.name() + " takes no value");
      }
      add(option, "");
    }
    return 0;
  }

  /** The value of an option in the word after it; another option is no value. */
  private String next(Option option, String word) {
    if (word == null || word.equals("--") || isOption(word) && isKnown(word)) {
      throw CommandException.cannotStart("--" + option.name() + " needs a " + option.value());
    }
    return word;
  }

  private boolean isKnown(String word) {
    boolean isLong = word.startsWith("--");
    return named(isLong ? word.split("=", 2)[0] : word.substring(0, 2)) != null;
  }

  /** Whether the word has the form of an option: a dash and a letter, or two dashes and a name. */
  public static boolean isOption(String word) {
    int start = word.startsWith("--") ? 2 : word.startsWith("-") ? 1 : 0;
    if (start == 0 || word.length() <= start || !isLetter(word.charAt(start))) {
      return false;
    }
    for (int i = start; start == 2 && i < word.length() && word.charAt(i) != '='; i++) {
      char c = word.charAt(i);
      if (!isLetter(c) && c != '-' && c != '_' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private Option find(String word) {
    Option option = named(word);
    if (option == null) {
      List<String> names = known.stream().map(Option::name).toList();
      String near = Spelling.closest(name(word), names);
      String hint = near == null ? "" : "; did you mean --" + near + "?";
      throw CommandException.cannotStart("unknown option " + word + hint);
    }
    return option;
  }

  private static String name(String word) {
    return word.substring(word.startsWith("--") ? 2 : 1).replace('_', '-');
  }

  private Option named(String word) {
    boolean isLong = word.startsWith("--");
    String name = name(word);
    for (Option option : known) {
      if (isLong
          ? option.name().equals(name) || option.alias().equals(name)
          : name.length() == 1 && option.letter() == name.charAt(0)) {
        return option;
      }
    }
    return null;
  }

  private void add(Option option, String value) {
    checkChoice("--" + option.name(), option.choices(), value);
    List<String> values = options.computeIfAbsent(option.name(), name -> new ArrayList<>(1));
    if (!values.isEmpty() && !option.repeated() && !option.isSwitch()) {
      throw CommandException.cannotStart("--" + option.name() + " was given twice");
    }
    values.add(value);
  }

  private static void checkChoice(String name, List<String> choices, String value) {
    if (!choices.isEmpty() && !choices.contains(value)) {
      throw CommandException.cannotStart(
          name + " is one of " + list(choices) + ", not '" + value + "'");
    }
  }

  private static String list(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }

  private void checkOperands() {
    int least = 0;
    long most = 0;
    for (Operand operand : spec.operands()) {
      least += operand.least();
      most += operand.most();
      if (operands.size() < least) {
        throw CommandException.cannotStart("missing " + operand.label());
      }
      if (least > 0) {
        checkChoice(operand.label(), operand.choices(), operands.get(least - 1));
      }
    }
    if (operands.size() > most) {
      throw CommandException.cannotStart("unexpected argument '" + operands.get((int) most) + "'");
    }
  }
}
