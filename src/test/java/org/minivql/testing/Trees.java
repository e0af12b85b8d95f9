package org.minivql.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.minivql.syntax.Literals;
import org.minivql.syntax.tree.Accessor;
import org.minivql.syntax.tree.Argument;
import org.minivql.syntax.tree.ArgumentValue;
import org.minivql.syntax.tree.Column;
import org.minivql.syntax.tree.Expr;
import org.minivql.syntax.tree.Let;
import org.minivql.syntax.tree.LetParameter;
import org.minivql.syntax.tree.Node;
import org.minivql.syntax.tree.PluginCall;
import org.minivql.syntax.tree.Select;
import org.minivql.syntax.tree.Span;
import org.minivql.syntax.tree.Statement;

/**
 * Makes random trees of the shapes the parser makes, but none of the three whose canonical text is
 * not the program: quoted names of parameters, an index without a value, a star with an alias.
 */
final class Trees {
  private static final Span HERE = Span.NONE;
  private static final String[] COMPARISONS = {"=", "!=", "<>", "<", "<=", ">", ">=", "=~", "IN"};

  private final Random random;

  /** Each node takes from it; when nothing is left only leaves are made. */
  private int budget;

  Trees(Random random) {
    this.random = random;
    this.budget = 1 + random.nextInt(120);
  }

  List<Statement> program() {
    return list(1, 4, this::statement);
  }

  Expr expression() {
    return conjunction();
  }

  private Statement statement() {
    return random.nextBoolean() ? select() : let();
  }

  private Let let() {
    List<LetParameter> parameters =
        list(0, 3, () -> new LetParameter(HERE, plainName(), maybe(this::argumentValue)));
    Node body = random.nextBoolean() ? select() : conjunction();
    return new Let(HERE, name(), parameters, random.nextBoolean(), body);
  }

  private Select select() {
    budget--;
    boolean star = random.nextInt(3) == 0;
    List<Column> columns = list(star ? 0 : 1, 3, this::column);
    if (!star && columns.get(0).star()) {
      columns.set(0, new Column(HERE, conjunction(), maybe(this::name)));
    }
    return new Select(
        HERE,
        random.nextInt(8) == 0,
        star,
        random.nextInt(20) == 0 && !star ? List.of() : columns,
        plugin(),
        maybe(this::commaList),
        maybe(this::commaList),
        maybe(() -> new Select.OrderBy(HERE, name(), random.nextBoolean())),
        maybe(() -> new Select.Limit(HERE, random.nextLong())));
  }

  private Column column() {
    Node value =
        switch (random.nextInt(10)) {
          case 0 -> null;
          case 1 -> budget > 0 ? select() : leaf();
          default -> conjunction();
        };
    return new Column(HERE, value, value == null ? null : maybe(this::name));
  }

  private PluginCall plugin() {
    boolean called = random.nextInt(4) > 0;
    return new PluginCall(HERE, list(1, 3, this::name), called, called ? arguments() : List.of());
  }

  private List<Argument> arguments() {
    return list(0, budget > 0 ? 3 : 1, () -> new Argument(HERE, name(), argumentValue()));
  }

  private ArgumentValue argumentValue() {
    budget--;
    return switch (random.nextInt(8)) {
      case 0 -> budget > 0 ? select() : leaf();
      case 1 -> new ArgumentValue.Brackets(HERE, maybe(this::commaList));
      default -> conjunction();
    };
  }

  private Expr commaList() {
    if (random.nextInt(3) > 0) {
      return conjunction();
    }
    List<Expr> items = new ArrayList<>();
    items.add(conjunction());
    int more = 1 + random.nextInt(3);
    for (int i = 0; i < more; i++) {
      items.add(random.nextInt(6) == 0 ? null : conjunction());
    }
    return new Expr.CommaList(HERE, items);
  }

  private Expr conjunction() {
    return chain(
        6,
        this::alternative,
        (terms, operators) -> new Expr.And(HERE, terms, operators),
        "AND",
        "and",
        "&&");
  }

  private Expr alternative() {
    return chain(
        6,
        this::condition,
        (terms, operators) -> new Expr.Or(HERE, terms, operators),
        "OR",
        "Or",
        "||",
        "|");
  }

  private Expr condition() {
    Expr condition =
        takes(5)
            ? new Expr.Comparison(
                HERE, sum(), COMPARISONS[random.nextInt(COMPARISONS.length)], sum())
            : sum();
    while (takes(6)) {
      condition = new Expr.Not(HERE, condition);
    }
    return condition;
  }

  private Expr sum() {
    return chain(
        5, this::product, (terms, operators) -> new Expr.Sum(HERE, terms, operators), "+", "-");
  }

  private Expr product() {
    if (!takes(6)) {
      return member();
    }
    List<Expr> terms = new ArrayList<>(List.of(member()));
    List<String> operators = new ArrayList<>();
    do {
      terms.add(value());
      operators.add(random.nextBoolean() ? "*" : "/");
    } while (takes(3));
    return new Expr.Product(HERE, terms, operators);
  }

  private Expr member() {
    Expr base = value();
    if (!takes(4)) {
      return base;
    }
    List<Accessor> accessors = list(1, 3, this::accessor);
    boolean bareName = base instanceof Expr.Symbol symbol && !symbol.called();
    if (bareName && accessors.get(0) instanceof Accessor.Member) {
      accessors.set(0, new Accessor.Index(HERE, value()));
    }
    return new Expr.Access(HERE, base, accessors);
  }

  private Accessor accessor() {
    return switch (random.nextInt(3)) {
      case 0 -> new Accessor.Member(HERE, name());
      case 1 -> new Accessor.Index(HERE, value());
      default -> new Accessor.Slice(HERE, maybe(this::value), maybe(this::value));
    };
  }

  private Expr value() {
    if (takes(5)) {
      return new Expr.Paren(HERE, commaList());
    }
    if (random.nextInt(3) > 0) {
      return leaf();
    }
    boolean called = random.nextBoolean();
    return new Expr.Symbol(
        HERE,
        random.nextInt(6) == 0,
        list(1, 3, this::name),
        called,
        called ? arguments() : List.of());
  }

  private Expr leaf() {
    return switch (random.nextInt(6)) {
      case 0 -> new Expr.StringLiteral(HERE, string());
      case 1 -> new Expr.NumberLiteral(HERE, Long.toString(random.nextLong()));
      case 2 -> new Expr.NumberLiteral(HERE, Literals.numberText(Double.toString(number())));
      case 3 -> new Expr.BoolLiteral(HERE, random.nextBoolean() ? "TRUE" : "False");
      case 4 -> new Expr.NullLiteral(HERE);
      default -> new Expr.Symbol(HERE, false, List.of(name()), false, List.of());
    };
  }

  private double number() {
    double value = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
    return random.nextInt(5) == 0 ? Math.rint(value) : value;
  }

  private String string() {
    String content = text(12).replace("\\", "\\\\");
    return switch (random.nextInt(3)) {
      case 0 -> "'" + content.replace("'", "\\'") + "'";
      case 1 -> "\"" + content.replace("\"", "\\\"") + "\"";
      default -> "'''" + text(12).replace("'", "\\") + "'''";
    };
  }

  private String name() {
    return random.nextInt(8) == 0 ? "`x" + text(8).replace("`", "") + "`" : plainName();
  }

  private String plainName() {
    String[] names = {"a", "X", "_value", "group", "order", "by", "nothing", "in_x", "SystemRoot"};
    String name = names[random.nextInt(names.length)];
    return random.nextInt(4) == 0 ? name.repeat(1 + random.nextInt(6)) : name;
  }

  private String text(int longest) {
    String[] pieces = {
      "a",
      "B",
      " ",
      ".",
      "-",
      "--",
      "/*",
      "\n",
      "'",
      "\"",
      "`",
      "\\",
      "x41",
      "\u00e9",
      "\ud83d\ude00",
      "\udc80",
      "SELECT",
      ","
    };
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(longest);
    for (int i = 0; i < length; i++) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  /** Whether to make something that has parts, one time of some. */
  private boolean takes(int times) {
    if (budget <= 0 || random.nextInt(times) > 0) {
      return false;
    }
    budget--;
    return true;
  }

  private <T> T maybe(Supplier<T> maker) {
    return random.nextInt(3) == 0 ? maker.get() : null;
  }

  private <T> List<T> list(int least, int most, Supplier<T> maker) {
    List<T> list = new ArrayList<>();
    int size = least + random.nextInt(most - least + 1);
    for (int i = 0; i < size; i++) {
      list.add(maker.get());
    }
    return list;
  }

  private interface Join {
    Expr of(List<Expr> terms, List<String> operators);
  }

  private Expr chain(int times, Supplier<Expr> term, Join join, String... operators) {
    if (!takes(times)) {
      return term.get();
    }
    List<Expr> terms = new ArrayList<>(List.of(term.get()));
    List<String> between = new ArrayList<>();
    do {
      terms.add(term.get());
      between.add(operators[random.nextInt(operators.length)]);
    } while (takes(2));
    return join.of(terms, between);
  }
}
