package org.minivql.builtin.sigma;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minivql.sigma.LogSource;
import org.minivql.sigma.LogSources;
import org.minivql.sigma.Options;
import org.minivql.sigma.RuleSet;
import org.minivql.spi.AllArgs;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;
import org.minivql.value.Sink;
import org.minivql.value.StoredQuery;
import org.minivql.value.Values;

/** Sigma rules over queries. */
final class SigmaCalls {
  private SigmaCalls() {}

  @VqlFunction(
      name = "sigma_log_sources",
      version = 2,
      doc =
          "Names the queries that give the events of log sources, for sigma(). Each argument is"
              + " called `category/product/service`, with * for any.")
  static Object sigmaLogSources(
      CallContext context, @AllArgs("A query for each log source.") Dict sources) {
    Map<LogSource, StoredQuery> queries = new LinkedHashMap<>();
    sources.forEach(
        (name, value) -> {
          LogSource source = LogSource.parse(name);
          if (source == null) {
            throw new ArgumentException(
                "log source " + name + " should have the form category/product/service");
          }
          Object query = Values.reduce(value);
          if (!(query instanceof StoredQuery stored)) {
            throw new ArgumentException(
                "log source " + name + " should be a query, not " + Values.typeName(query));
          }
          queries.put(source, stored);
        });
    return new LogSources(queries);
  }

  @VqlPlugin(
      name = "sigma",
      doc =
          "Runs Sigma rules over log sources and emits a row for each match: the event's columns,"
              + " _Match, _Rule, Details and Enrichment. Rows come in the order of the events and,"
              + " for one event, of the rules. Rules behave as on the server unless standard is"
              + " set.")
  static void sigma(
      CallContext context,
      Sink out,
      @Arg(value = "YAML texts, each with one or more rules.", required = true) StringList rules,
      @Arg(value = "What sigma_log_sources() made.", name = "log_sources", required = true)
          Object sources,
      @Arg(value = "Lambdas that find fields in an event, by field name.", name = "field_mapping")
          Dict mapping,
      @Arg("Show every event with every rule, matched or not.") boolean debug,
      @Arg(value = "Drops the rules for which it is false.", name = "rule_filter") Lambda filter,
      @Arg(value = "The details of rules that have none.", name = "default_details") Lambda details,
      @Arg("Compare as the Sigma standard says, not as the server does.") boolean standard,
      @Arg(value = "What to call each of the texts in messages.", name = "rule_names")
          StringList names) {
    if (!(Values.reduce(sources) instanceof LogSources logSources)) {
      throw new ArgumentException(
          "log_sources must be a LogSourceProvider not "
              + Values.typeName(Values.reduce(sources))
              + ", use sigma_log_sources() to make one");
    }
    Options options = new Options(fields(context, mapping), details, filter, standard, debug);
    List<String> called = names == null ? List.of() : names;
    RuleSet.compile(context.scope(), new CallHost(context), rules, called, options)
        .run(context.scope(), logSources, out);
  }

  private static Map<String, Lambda> fields(CallContext context, Dict mapping) {
    Map<String, Lambda> fields = new LinkedHashMap<>();
    if (mapping != null) {
      mapping.forEach(
          (name, value) -> {
            Object text = Values.reduce(value);
            if (!(text instanceof String lambda)) {
              throw new ArgumentException(
                  "fieldmapping for "
                      + name
                      + " should be string, got("
                      + Values.typeName(text)
                      + ")");
            }
            fields.put(name, lambda(context, name, lambda));
          });
    }
    return fields;
  }

  private static Lambda lambda(CallContext context, String field, String text) {
    try {
      return context.lambda(text);
    } catch (ArgumentException e) {
      throw new ArgumentException("fieldmapping for " + field + ": " + e.getMessage());
    }
  }
}
