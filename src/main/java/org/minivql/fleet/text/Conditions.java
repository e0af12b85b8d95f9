package org.minivql.fleet.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.minivql.spi.ArgType;
import org.minivql.spi.Catalog;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.Parameter;
import org.minivql.spi.Signature;
import org.minivql.syntax.tree.Select;

/**
 * Sees which rows pass the conditions of a rule: each condition of interest is put into a call that
 * passes its value on. The text keeps its lines.
 */
public final class Conditions implements Catalog {
  // No function that a rule could call by accident.
  private static final String NAME = "rule_condition_";

  private final Function function;

  public Conditions() {
    Signature signature =
        new Signature(
            Signature.Kind.FUNCTION,
            NAME,
            "Passes a condition on and notes it.",
            List.of(
                new Parameter("site", ArgType.INT, true, "", "The number of the SELECT."),
                new Parameter("passed", ArgType.BOOL, true, "", "The condition.")),
            false,
            List.of(),
            List.of(),
            0,
            "",
            ErrorValue.NULL,
            NAME,
            false,
            false);
    this.function =
        new Function(
            signature,
            (context, arguments) -> {
              boolean passed = (Boolean) arguments[1];
              Watcher watcher = context.scope().service(Watcher.class);
              if (watcher != null) {
                watcher.condition(((Long) arguments[0]).intValue(), passed, context.scope());
              }
              return passed;
            });
  }

  /** Is told about conditions. */
  public interface Watcher {
    /**
     * A condition was evaluated.
     *
     * @param site the number of its SELECT
     * @param passed whether it is true
     * @param scope the scope it was evaluated in
     */
    void condition(int site, boolean passed, org.minivql.value.Scope scope);
  }

  /**
   * The text with its conditions watched.
   *
   * @param text the text
   * @param selects the SELECTs to watch, in the order in which they begin; the first is number 0
   */
  public static String watch(String text, List<Select> selects) {
    StringBuilder out = new StringBuilder(text);
    for (Insertion insertion : insertions(selects)) {
      out.insert(insertion.at(), insertion.text());
    }
    return out.toString();
  }

  private record Insertion(int at, String text) {}

  /** The last place first, so that the others stay where they are. */
  private static List<Insertion> insertions(List<Select> selects) {
    List<Insertion> insertions = new ArrayList<>();
    for (int i = 0; i < selects.size(); i++) {
      Select select = selects.get(i);
      String call = NAME + "(site=" + i + ", passed=";
      if (select.where() == null) {
        insertions.add(new Insertion(select.from().span().end(), " WHERE " + call + "TRUE)"));
      } else {
        insertions.add(new Insertion(select.where().span().start(), call + "("));
        insertions.add(new Insertion(select.where().span().end(), "))"));
      }
    }
    // Equal places keep their order: an inner end comes before an outer one.
    Collections.reverse(insertions);
    insertions.sort(Comparator.comparingInt(Insertion::at).reversed());
    return insertions;
  }

  @Override
  public List<String> functions() {
    return List.of(NAME);
  }

  @Override
  public List<String> plugins() {
    return List.of();
  }

  @Override
  public Function function(String name) {
    return name.equals(NAME) ? function : null;
  }

  @Override
  public Plugin plugin(String name) {
    return null;
  }
}
