package org.minivql.builtin.lambda;

import java.util.List;
import java.util.function.Predicate;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Absent;
import org.minivql.value.Lambda;
import org.minivql.value.Members;
import org.minivql.value.Operators;
import org.minivql.value.Scope;
import org.minivql.value.Values;

/** Functions that take a lambda, a text such as {@code x=>x+1}. */
final class Lambdas {
  private Lambdas() {}

  @VqlFunction(
      name = "eval",
      version = 2,
      doc = "The value of a lambda for one argument, for a list of them, or for the scope.",
      examples = {
        "eval(func='x=>x * 2', args=4) => 8",
        "eval(func='x,y=>x - y', args=(5, 3)) => 2"
      })
  static Object eval(
      CallContext context,
      @Arg(value = "The lambda.", required = true) Lambda func,
      @Arg("One argument, or a list of arguments.") Object args) {
    Scope scope = context.scope();
    Object[] arguments = {args == Absent.ABSENT ? scope : args};
    if (args instanceof List<?> list) {
      arguments = list.toArray();
    }
    return scope.operators().normalise(scope, func.call(scope, arguments));
  }

  @VqlFunction(
      name = "all",
      doc = "Whether every item matches all patterns, or meets a condition.",
      examples = {
        "all(items=('ab', 'AC'), regex='a') => true",
        "all(items=(1, 2), filter='x=>x > 1') => false",
        "all(items=[], filter='x=>x') => true",
        "all(items=NULL, filter='x=>x') => false",
        "all(items=1) => null"
      })
  static Object all(
      CallContext context,
      @Arg(value = "A list, query, dict or single value.", required = true) Object items,
      @Arg("The condition, called for each item.") Lambda filter,
      @Arg("Patterns; wins over the condition.") StringList regex) {
    Scope scope = context.about();
    Predicate<Object> passes = condition(scope, filter, regex, true);
    return each(scope, items, passes);
  }

  @VqlFunction(
      name = "any",
      doc = "Whether some item matches one of the patterns, or meets a condition.",
      examples = {
        "any(items=('ab', 'cd'), regex=('x', 'D')) => true",
        "any(items=dict(a=1, b=5), filter='x=>x = 5') => true",
        "any(items={SELECT * FROM range(end=3)}, filter='x=>x._value = 3') => false",
        "any(items=[], filter='x=>x') => false"
      })
  static Object any(
      CallContext context,
      @Arg(value = "A list, query, dict or single value.", required = true) Object items,
      @Arg("The condition, called for each item.") Lambda filter,
      @Arg("Patterns; wins over the condition.") StringList regex) {
    Scope scope = context.about();
    Predicate<Object> passes = condition(scope, filter, regex, false);
    return !each(scope, items, passes.negate());
  }

  private static Predicate<Object> condition(
      Scope scope, Lambda filter, StringList regex, boolean every) {
    Operators operators = scope.operators();
    if (regex != null && !regex.isEmpty()) {
      return item ->
          every
              ? regex.stream().allMatch(one -> operators.matches(scope, item, one))
              : regex.stream().anyMatch(one -> operators.matches(scope, item, one));
    }
    if (filter == null) {
      throw new ArgumentException("One of filter or regex must be provided");
    }
    return item -> operators.truth(scope, filter.call(scope, item));
  }

  /** Whether the test holds for all items; stops at the first for which it does not. */
  private static boolean each(Scope scope, Object items, Predicate<Object> test) {
    if (items instanceof List<?> list) {
      for (Object item : list) {
        if (!test.test(Values.reduce(item))) {
          return false;
        }
      }
      return true;
    }
    if (Values.isQuery(items)) {
      return scope.operators().iterate(scope, items, test::test);
    }
    if (items instanceof Members members) {
      for (String name : members.memberNames()) {
        if (!test.test(Values.reduce(members.member(name)))) {
          return false;
        }
      }
      return true;
    }
    return test.test(items);
  }
}
