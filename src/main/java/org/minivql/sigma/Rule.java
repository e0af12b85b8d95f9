package org.minivql.sigma;

import java.util.List;
import org.minivql.sigma.reader.Notes;
import org.minivql.sigma.search.Search;
import org.minivql.sigma.search.SearchCompiler.FieldUse;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;

/**
 * A rule, ready to look at events.
 *
 * @param header what it says about itself
 * @param source which logs it is for; null for a correlation
 * @param searches its searches, sorted by name
 * @param conditions one of which must hold; none means never
 * @param details the text about a match, or null
 * @param transform makes the event that is looked at from the one that came, or null
 * @param enrichment makes a further column, or null
 * @param variables what the lambdas see beside the event
 * @param correlation what a correlation counts; null for other rules
 * @param unmapped where it asks for fields that are not mapped
 * @param notes where it is
 */
record Rule(
    Header header,
    LogSource source,
    List<Search> searches,
    List<Condition> conditions,
    Details details,
    Lambda transform,
    Lambda enrichment,
    Dict variables,
    Correlation correlation,
    List<FieldUse> unmapped,
    Notes notes) {

  /**
   * @param title the title
   * @param name the name for correlations, or empty
   * @param id the id, or empty
   * @param shown all of it, as shown with a match
   */
  record Header(String title, String name, String id, Dict shown) {}

  /** Whether a correlation that lists some names and ids means this rule. */
  boolean listedIn(List<String> rules) {
    return rules.contains(header.name()) && !header.name().isEmpty()
        || rules.contains(header.id()) && !header.id().isEmpty();
  }
}
