package org.minivql.spi;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.minivql.value.Dict;

/**
 * Checks the text of a query without running it: a service of the engine.
 *
 * @since 0.1.0
 */
public interface QueryVerifier {
  /**
   * What is known outside the query.
   *
   * @param parameters the parameters of an artifact; null for one that is not known
   * @param names what parameters and imports define
   */
  record Setting(Function<String, List<String>> parameters, Set<String> names) {}

  /**
   * What was found.
   *
   * @param errors {@code (line,column) kind: text}, some without the place
   * @param warnings {@code {Name, Message, Args, Pos}}
   * @param definitions by name {@code {Type, Name, Args, Defaults}}
   * @param suppressions {@code {Name, Subject}}
   * @param permissions what its calls need
   */
  record Report(
      List<String> errors,
      List<Dict> warnings,
      Dict definitions,
      List<Dict> suppressions,
      Set<String> permissions) {}

  /** Checks a query that parses. */
  Report verify(Library library, String query, Setting setting);
}
