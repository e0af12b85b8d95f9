package org.minivql.fleet.layout;

import java.util.Collection;
import java.util.List;
import org.minivql.value.Dict;

/** What is known of a flow whose record does not say it: that which its results tell. */
public final class DerivedFlow {
  private DerivedFlow() {}

  /**
   * Sets the members that the record does not give.
   *
   * @param results the names of the result sets that have rows
   */
  public static void complete(Dict given, Collection<String> results, Dict.Builder flow) {
    if (!given.has("artifacts_with_results")) {
      flow.replace("artifacts_with_results", List.<Object>copyOf(results));
    }
    if (!given.has("request")) {
      List<Object> asked =
          results.stream().map(name -> (Object) name.split("/")[0]).distinct().toList();
      flow.replace("request", Dict.of("artifacts", asked));
    }
    if (!given.has("state")) {
      flow.replace("state", "FINISHED");
    }
  }
}
