package org.minivql.fleet.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.minivql.analysis.Visitor;
import org.minivql.syntax.Parser;
import org.minivql.syntax.tree.Select;

/** Finds the SELECTs of a program, wherever they stand. */
public final class EventSites extends Visitor {
  private final List<Select> selects = new ArrayList<>();

  private EventSites() {}

  /** All SELECTs of a text in the order in which they begin. */
  public static List<Select> selects(String text) {
    EventSites sites = new EventSites();
    Parser.parse(text).statements().forEach(sites::visit);
    sites.selects.sort(Comparator.comparingInt(s -> s.span().start()));
    return List.copyOf(sites.selects);
  }

  /** The SELECTs directly over a queue. */
  public static List<Select> overQueues(String text) {
    return selects(text).stream().filter(EventSites::overQueue).toList();
  }

  public static boolean overQueue(Select select) {
    return select.from().path().equals(List.of("watch_monitoring"));
  }

  @Override
  protected void select(Select select) {
    selects.add(select);
  }
}
