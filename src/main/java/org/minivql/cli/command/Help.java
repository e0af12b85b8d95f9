package org.minivql.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Draws help pages from the declarations of commands. */
public final class Help {
  private static final int WIDEST = 96;
  // What the library draws at least.
  private static final int NARROWEST = 55;

  private Help() {}

  /**
   * The help page of a command.
   *
   * @param path the words that lead to it, such as {@code vql fleet show}
   * @param columns how wide the terminal is, 0 for none
   */
  public static String page(Command command, String path, int columns) {
    CommandSpec model = model(command, path);
    if (columns > 0) {
      model.usageMessage().width(Math.max(NARROWEST, Math.min(WIDEST, columns)));
    }
    return new picocli.CommandLine(model).getUsageMessage(Ansi.OFF);
  }

  /** The picture of a command and all commands below it that picocli works on. */
  static CommandSpec model(Command command, String path) {
    Spec spec = command.spec();
    CommandSpec model = CommandSpec.create().name(path);
    List<String> description = new ArrayList<>(spec.description());
    description.add(0, spec.summary());
    model.usageMessage().description(literal(description)).autoWidth(false).width(WIDEST);
    model.usageMessage().sortOptions(false).abbreviateSynopsis(true);
    if (!spec.operands().isEmpty()) {
      model.usageMessage().parameterListHeading("%nArguments:%n");
    }
    model.usageMessage().optionListHeading("%nOptions:%n");
    model.usageMessage().footerHeading("%nExit status:%n");
    model.usageMessage().footer("  0 it ran, 1 it ran and something failed, 2 it could not start");
    for (Option option : spec.allOptions()) {
      model.addOption(option(option));
    }
    int index = 0;
    for (Operand operand : spec.operands()) {
      model.addPositional(operand(operand, index++));
    }
    if (!command.subcommands().isEmpty()) {
      model.usageMessage().commandListHeading("%nCommands:%n");
    }
    for (String name : command.subcommands()) {
      model.addSubcommand(name, model(command.subcommand(name), name));
    }
    return model;
  }

  private static OptionSpec option(Option option) {
    List<String> names = new ArrayList<>();
    if (option.letter() != 0) {
      names.add("-" + option.letter());
    }
    names.add("--" + option.name());
    if (!option.alias().isEmpty()) {
      names.add("--" + option.alias());
    }
    OptionSpec.Builder builder = OptionSpec.builder(names.toArray(new String[0]));
    builder.description(literal(List.of(option.doc())));
    if (option.isSwitch()) {
      return builder.arity("0").type(boolean.class).build();
    }
    builder.arity("1").paramLabel(option.value());
    if (!option.choices().isEmpty()) {
      builder.completionCandidates(option.choices());
    }
    return option.repeated()
        ? builder.type(List.class).auxiliaryTypes(String.class).build()
        : builder.type(String.class).build();
  }

  private static PositionalParamSpec operand(Operand operand, int index) {
    boolean many = operand.most() > 1;
    PositionalParamSpec.Builder builder =
        PositionalParamSpec.builder()
            .index(many ? index + "..*" : String.valueOf(index))
            .arity(many ? operand.least() + "..*" : operand.least() + "..1")
            .required(operand.least() > 0)
            .paramLabel(operand.label())
            .description(literal(List.of(operand.doc())));
    return many
        ? builder.type(List.class).auxiliaryTypes(String.class).build()
        : builder.type(String.class).build();
  }

  /** Texts are format strings to picocli. */
  private static String[] literal(List<String> lines) {
    String[] literal = new String[lines.size()];
    for (int i = 0; i < literal.length; i++) {
      literal[i] = lines.get(i).replace("%", "%%");
    }
    return literal;
  }
}
