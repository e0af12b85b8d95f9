package org.minivql.builtin.parse;

import com.google.re2j.Matcher;
import com.google.re2j.PatternSyntaxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Dict;
import org.minivql.value.Members;

/** Patterns put together from named building blocks. */
final class Grok {
  private Grok() {}

  /** What a run keeps: the building blocks and the expressions made of them so far. */
  private static final class Kept {
    private final Map<String, String> blocks = blocks();
    private final Map<Object, GrokPattern> compiled = new HashMap<>();
  }

  @VqlFunction(
      name = "grok",
      doc =
          "The parts of a text that a grok expression names, as strings sorted by name; an empty"
              + " dict where it does not match.",
      examples = {
        "grok(grok='%{WORD:verb} %{INT:n:int}', data='took 12') => {\"n\":\"12\",\"verb\":\"took\"}",
        "grok(grok='%{KEY:k}', data='-x7-', patterns=dict(KEY='[a-z]\\\\d')) => {\"k\":\"x7\"}",
        "grok(grok='%{NO_SUCH_BLOCK:k}', data='x') => null"
      })
  static Object grok(
      CallContext context,
      @Arg(value = "The expression.", required = true) String grok,
      @Arg(value = "The text.", required = true) String data,
      @Arg("A dict of more building blocks.") Object patterns,
      @Arg(value = "Also the blocks without a name.", name = "all_captures") boolean allCaptures) {
    Kept kept = context.scope().runState(Grok.class, Kept::new);
    Map<String, String> more = new TreeMap<>();
    if (patterns instanceof Members members) {
      for (String name : members.memberNames()) {
        more.put(name, context.scope().operators().text(context.scope(), members.member(name)));
      }
    }
    GrokPattern pattern;
    synchronized (kept) {
      Object key = List.of(grok, more, allCaptures);
      pattern = kept.compiled.get(key);
      if (pattern == null) {
        pattern = compile(context, kept.blocks, more, grok, allCaptures);
        kept.compiled.put(key, pattern);
      }
    }
    return pattern.matches(context.scope(), data);
  }

  private static GrokPattern compile(
      CallContext context,
      Map<String, String> blocks,
      Map<String, String> more,
      String grok,
      boolean all) {
    Map<String, String> known = blocks;
    if (!more.isEmpty()) {
      known = new HashMap<>(blocks);
      known.putAll(more);
    }
    try {
      return GrokPattern.of(known, grok, all);
    } catch (PatternSyntaxException e) {
      context.log(String.valueOf(e.getMessage()));
      return GrokPattern.UNKNOWN;
    }
  }

  private static Map<String, String> blocks() {
    Map<String, String> blocks = new HashMap<>();
    try (InputStream in = Grok.class.getResourceAsStream("grok-patterns");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        int blank = line.indexOf(' ');
        if (blank > 0 && line.charAt(0) != '#') {
          blocks.put(line.substring(0, blank), line.substring(blank + 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the building blocks are missing", e);
    }
    return blocks;
  }

  /** The value of a match: the groups by name. */
  static Dict groups(Matcher matcher, Map<Integer, String> names) {
    Map<String, Object> found = new TreeMap<>();
    names.forEach(
        (group, name) -> {
          String text = matcher.group(group);
          // A name that occurs in several alternatives keeps the one that took part.
          if (text != null || !found.containsKey(name)) {
            found.put(name, text == null ? "" : text);
          }
        });
    return Dict.of(found);
  }
}
