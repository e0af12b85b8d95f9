package org.minivql.plan.select;

import java.util.ArrayList;
import java.util.List;
import org.minivql.plan.node.Constant;
import org.minivql.plan.node.ExprNode;
import org.minivql.plan.node.SymbolNode;
import org.minivql.runtime.Frame;
import org.minivql.runtime.LazyRow;
import org.minivql.runtime.MaterializedRows;
import org.minivql.value.Absent;
import org.minivql.value.Dict;
import org.minivql.value.Lazy;
import org.minivql.value.Members;
import org.minivql.value.Shape;
import org.minivql.value.StoredQuery;
import org.minivql.value.Values;

/**
 * The columns of a select. For rows of one shape it is worked out once which output column comes
 * from which expression or cell; a row then is one array.
 */
public final class Projection {
  /**
   * One item of the column list.
   *
   * @param name the column's name; null for a star
   * @param node the expression; null for a star, and for {@code * AS name}
   */
  public record Item(String name, ExprNode node) {
    boolean star() {
      return name == null;
    }
  }

  private final List<Item> items;
  private final boolean hasStar;
  private final boolean identity;
  private Expansion first;
  private Expansion second;
  private Expansion third;

  public Projection(List<Item> items) {
    this.items = items;
    this.hasStar = items.stream().anyMatch(Item::star);
    this.identity = items.size() == 1 && items.get(0).star() && items.get(0).node() == null;
    if (!hasStar) {
      first = expand(Shape.EMPTY);
    }
  }

  /** How rows of one shape become output rows. */
  private final class Expansion {
    final Shape input;
    final Shape output;
    final ExprNode[] nodes;
    final int[] cells;

    /** The output cells in the order of evaluation; null when it is each cell once, in order. */
    final int[] mentions;

    Expansion(Shape input, Shape output, ExprNode[] nodes, int[] cells, int[] mentions) {
      this.input = input;
      this.output = output;
      this.nodes = nodes;
      this.cells = cells;
      this.mentions = mentions;
    }

    /** What a star takes over; a column before it may have changed the row's shape meanwhile. */
    Object cell(Dict row, int index) {
      return row.shape() == input ? row.cell(cells[index]) : row.member(output.name(index));
    }
  }

  private Expansion expand(Shape input) {
    List<String> mentioned = new ArrayList<>();
    List<String> order = new ArrayList<>();
    boolean leading = true;
    for (Item item : items) {
      if (item.star()) {
        for (String name : input.names()) {
          if (leading || !order.contains(name)) {
            mention(mentioned, order, name);
          }
        }
      } else {
        mention(mentioned, order, item.name());
      }
      leading = false;
    }
    Shape output = Shape.of(order);
    ExprNode[] nodes = new ExprNode[order.size()];
    int[] cells = new int[order.size()];
    for (int i = 0; i < nodes.length; i++) {
      define(i, output.name(i), input, nodes, cells);
    }
    int[] mentions = null;
    if (mentioned.size() != order.size()) {
      mentions = mentioned.stream().mapToInt(output::indexOf).toArray();
    }
    return new Expansion(input, output, nodes, cells, mentions);
  }

  private static void mention(List<String> mentioned, List<String> order, String name) {
    order.remove(name);
    order.add(name);
    mentioned.add(name);
  }

  /** The last definition of a name counts. */
  private void define(int index, String name, Shape input, ExprNode[] nodes, int[] cells) {
    cells[index] = input.indexOf(name);
    for (Item item : items) {
      if (name.equals(item.name())) {
        nodes[index] = item.node() == null ? new Constant(null) : item.node();
      }
    }
  }

  private Expansion expansion(Object row) {
    if (!hasStar) {
      return first;
    }
    Shape shape = row instanceof Dict dict ? dict.shape() : Shape.EMPTY;
    Expansion found = first;
    if (found != null && found.input == shape) {
      return found;
    }
    found = second;
    if (found != null && found.input == shape) {
      return found;
    }
    found = third;
    if (found != null && found.input == shape) {
      return found;
    }
    found = expand(shape);
    third = second;
    second = first;
    first = found;
    return found;
  }

  private Expansion expansionOfObject(Members row) {
    List<String> names = new ArrayList<>();
    for (String name : row.memberNames()) {
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    return expand(Shape.of(names));
  }

  private static boolean isObject(Object row) {
    return row instanceof Members && !(row instanceof Dict);
  }

  /** Whether the row is its own output row, and evaluating its columns cannot be noticed. */
  boolean passes(Object row) {
    if (!identity || !(row instanceof Dict dict)) {
      return false;
    }
    if (dict.isFlat()) {
      return true;
    }
    for (int i = 0; i < dict.size(); i++) {
      if (!Values.isPlain(dict.cell(i))) {
        return false;
      }
    }
    return true;
  }

  /** The cell of a row that a name stands for where output columns hide the row's, or -1. */
  int cell(Dict row, String column) {
    Expansion expansion = expansion(row);
    int index = expansion.output.indexOf(column);
    ExprNode node = index < 0 ? null : expansion.nodes[index];
    if (node == null) {
      return row.shape().indexOf(column);
    }
    return node instanceof SymbolNode symbol ? row.shape().indexOf(symbol.name()) : -1;
  }

  /** The output row, every column evaluated in the scope of the raw row. */
  Dict project(Frame raw, Object row) {
    if (hasStar && isObject(row)) {
      return lazy(raw, row).complete();
    }
    Expansion expansion = expansion(row);
    if (expansion.mentions != null) {
      return new Output(expansion, raw, row).complete();
    }
    ExprNode[] nodes = expansion.nodes;
    Object[] values = new Object[nodes.length];
    boolean flat = true;
    for (int i = 0; i < values.length; i++) {
      ExprNode node = nodes[i];
      Object value = node == null ? expansion.cell((Dict) row, i) : node.eval(raw);
      if (!Values.isScalar(value)) {
        value = settle(raw, value);
        flat = false;
      }
      values[i] = value;
    }
    return flat ? Dict.flat(expansion.output, values) : Dict.over(expansion.output, values);
  }

  /** The output row with nothing evaluated yet. */
  Output lazy(Frame raw, Object row) {
    Expansion expansion =
        hasStar && isObject(row) ? expansionOfObject((Members) row) : expansion(row);
    return new Output(expansion, raw, row);
  }

  /** A value as it leaves a query: nothing lazy, queries run. */
  private static Object settle(Frame frame, Object value) {
    if (Values.isPlain(value)) {
      return value;
    }
    if (value instanceof Lazy lazy) {
      return settle(frame, lazy.get());
    }
    return value instanceof StoredQuery query && query.readable()
        ? MaterializedRows.of(frame, query)
        : value;
  }

  /** One output row while WHERE and GROUP BY look at it. */
  static final class Output extends LazyRow {
    private final Expansion expansion;
    private final Object row;
    private Frame raw;

    Output(Expansion expansion, Frame raw, Object row) {
      super(expansion.output);
      this.expansion = expansion;
      this.raw = raw;
      this.row = row;
    }

    @Override
    protected Object evaluate(int index) {
      ExprNode node = expansion.nodes[index];
      if (node != null) {
        return node.eval(raw);
      }
      Object value =
          row instanceof Dict dict
              ? expansion.cell(dict, index)
              : ((Members) row).member(expansion.output.name(index));
      return value instanceof Lazy lazy ? lazy.get() : value;
    }

    /** The columns that were read: their numbers and values in turn. */
    List<Object> known() {
      List<Object> known = new ArrayList<>();
      for (int i = 0; i < cells.length; i++) {
        if (cells[i] != null) {
          known.add((long) i);
          known.add(cells[i] == NULL ? null : cells[i]);
        }
      }
      return known;
    }

    /** Takes columns as read that {@link #known} gave. */
    void restore(List<?> known) {
      for (int i = 0; i < known.size(); i += 2) {
        keep(((Long) known.get(i)).intValue(), known.get(i + 1));
      }
    }

    /** From now on columns are evaluated in another scope: the group's. */
    void moveTo(Frame frame) {
      raw = frame;
    }

    /** Evaluates what was not read yet, and gives the row: each column is done before the next. */
    Dict complete() {
      int[] mentions = expansion.mentions;
      if (mentions == null) {
        for (int i = 0; i < cells.length; i++) {
          cells[i] = leaving(i);
        }
      } else {
        Object[] values = new Object[cells.length];
        for (int i : mentions) {
          values[i] = leaving(i);
        }
        System.arraycopy(values, 0, cells, 0, cells.length);
      }
      return present();
    }

    private Object leaving(int index) {
      Object value = cells[index] == null ? evaluate(index) : cells[index];
      return value == NULL ? null : settle(raw, value);
    }

    /** A host's row may lack a member that it lists. */
    private Dict present() {
      boolean absent = false;
      for (Object cell : cells) {
        absent |= cell == Absent.ABSENT;
      }
      if (!absent) {
        return Dict.over(expansion.output, cells);
      }
      Dict.Builder present = Dict.builder();
      for (int i = 0; i < cells.length; i++) {
        if (cells[i] != Absent.ABSENT) {
          present.set(expansion.output.name(i), cells[i]);
        }
      }
      return present.build();
    }
  }
}
