package org.minivql.builtin.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Lambda;
import org.minivql.value.Scope;

/** Searching and replacing with regular expressions, which ignore case. */
final class RegularExpressions {
  private RegularExpressions() {}

  private static Pattern compile(Scope scope, String regex) {
    return scope.patterns().exact("(?i)" + regex);
  }

  @VqlFunction(
      name = "regex_replace",
      version = 2,
      doc = "The text with all matches of a pattern replaced. Upper and lower case are the same.",
      examples = {
        "regex_replace(source='one two', re='(\\\\w+) (\\\\w+)', replace='$2 $1') => \"two one\"",
        "regex_replace(source='a-B', re='b', replace='c') => \"a-c\"",
        "regex_replace(source='xyz', re='[xz]', replace_lambda='m=>upcase(string=m)') => \"XyZ\"",
        "regex_replace(source='k9', re='k', replace='$1z') => \"9\"",
        "regex_replace(source='a', re='(') => null"
      })
  static Object regexReplace(
      CallContext context,
      @Arg(value = "The text.", required = true) String source,
      @Arg(value = "The pattern.", required = true) String re,
      @Arg("What takes the place of a match; $1, ${1} and $name stand for groups.") String replace,
      @Arg(
              value = "A lambda that is called with the match and gives what takes its place.",
              name = "replace_lambda")
          String replaceLambda) {
    Scope scope = context.scope();
    Pattern pattern;
    try {
      pattern = compile(scope, re);
    } catch (PatternSyntaxException e) {
      context.append("Unable to compile regex " + re);
      return null;
    }
    if (replaceLambda == null || replaceLambda.isEmpty()) {
      String template = replace == null ? "" : replace;
      return Bytes.joined(
          Replacement.all(scope, pattern, source, match -> Replacement.expand(template, match)));
    }
    Lambda lambda = lambda(context, replaceLambda);
    return Bytes.joined(
        Replacement.all(
            scope,
            pattern,
            source,
            match -> scope.operators().text(scope, lambda.call(scope, match.group()))));
  }

  private static Lambda lambda(CallContext context, String text) {
    try {
      return context.lambda(text);
    } catch (ArgumentException e) {
      throw new ArgumentException("Unable to compile lambda " + text);
    }
  }

  /** A pattern and what takes the place of its matches. */
  private record Step(Pattern pattern, String template) {}

  @VqlFunction(
      name = "regex_transform",
      doc = "The text after several replacements, each applied to the result of the one before it.",
      examples = {
        "regex_transform(source='aab', map=dict(a='b', b='c')) => \"ccc\"",
        "regex_transform(source='v1 v2', map=dict(`v(\\\\d)`='<$1>')) => \"<1> <2>\""
      })
  static Object regexTransform(
      CallContext context,
      @Arg(value = "The text.", required = true) String source,
      @Arg(value = "Pattern and replacement of each step.", required = true) Dict map,
      @Arg("Steps compiled under this name before are used again.") String key) {
    List<Step> steps =
        key == null || key.isEmpty()
            ? steps(context.scope(), map)
            : context
                .scope()
                .runState(List.of("regex_transform", key), () -> steps(context.scope(), map));
    String text = source;
    for (Step step : steps) {
      text =
          Replacement.all(
              context.scope(),
              step.pattern(),
              text,
              match -> Replacement.expand(step.template(), match));
    }
    return Bytes.joined(text);
  }

  private static List<Step> steps(Scope scope, Dict map) {
    List<Step> steps = new ArrayList<>(map.size());
    map.forEach(
        (regex, replacement) -> {
          try {
            steps.add(new Step(compile(scope, regex), scope.operators().text(scope, replacement)));
          } catch (PatternSyntaxException e) {
            throw new ArgumentException("Unable to compile regex " + regex + ": " + e.getMessage());
          }
        });
    return steps;
  }

  @VqlFunction(
      name = "parse_string_with_regex",
      doc =
          "The groups of the last match of each pattern as a dict; groups without a name are called"
              + " g1, g2, ...",
      examples = {
        "parse_string_with_regex(string='x 1 y 22', regex='(?P<n>[0-9]+)') => {\"n\":\"22\"}",
        "parse_string_with_regex(string='A=1 B=2', regex=['a=(.)', 'b=(?P<B>.)'])"
            + " => {\"g1\":\"1\",\"B\":\"2\"}",
        "parse_string_with_regex(string='abc', regex='(?P<n>q)') => {}"
      })
  static Object parseStringWithRegex(
      CallContext context,
      @Arg(value = "The text.", required = true) String string,
      @Arg(value = "One or more patterns.", required = true) StringList regex) {
    Dict.Builder result = Dict.builder();
    for (String one : regex) {
      Pattern pattern;
      try {
        pattern = compile(context.scope(), one);
      } catch (PatternSyntaxException e) {
        context.append("Unable to compile regex " + one);
        return null;
      }
      String[] names = names(pattern);
      Matcher matcher = pattern.matcher(context.scope().watched(string));
      while (matcher.find()) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
          String text = matcher.group(group);
          result.set(names[group], text == null ? "" : text);
        }
      }
    }
    return result.build();
  }

  private static String[] names(Pattern pattern) {
    String[] names = new String[pattern.groupCount() + 1];
    for (int i = 0; i < names.length; i++) {
      names[i] = "g" + i;
    }
    for (Map.Entry<String, Integer> named : pattern.namedGroups().entrySet()) {
      names[named.getValue()] = named.getKey();
    }
    return names;
  }
}
