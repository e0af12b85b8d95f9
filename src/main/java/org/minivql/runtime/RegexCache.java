package org.minivql.runtime;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.minivql.value.Patterns;
import org.minivql.value.Scope;
import org.minivql.value.regex.Regexes;

/** The patterns of one run: each is compiled once, and a bad one is reported once. */
public final class RegexCache implements Patterns {
  private static final int MAX_ENTRIES = 2000;

  private final ConcurrentHashMap<String, Optional<Search>> searches = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Pattern> exact = new ConcurrentHashMap<>();

  @Override
  public Search search(Scope scope, String pattern) {
    Optional<Search> search = searches.get(pattern);
    if (search == null) {
      search = compile(scope, pattern);
      if (searches.size() < MAX_ENTRIES) {
        searches.put(pattern, search);
      }
    }
    return search.orElse(null);
  }

  private static Optional<Search> compile(Scope scope, String pattern) {
    try {
      return Optional.of(TextSearch.compile(pattern));
    } catch (PatternSyntaxException e) {
      scope.log("Compile regexp: " + e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public Pattern exact(String pattern) {
    Pattern compiled = exact.get(pattern);
    if (compiled == null) {
      Regexes.requireText(pattern);
      compiled = Regexes.compile(pattern);
      if (exact.size() < MAX_ENTRIES) {
        exact.put(pattern, compiled);
      }
    }
    return compiled;
  }
}
