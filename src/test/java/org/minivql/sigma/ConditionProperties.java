package org.minivql.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.minivql.sigma.reader.Located;
import org.minivql.sigma.reader.RuleException;

/** Conditions against a model: a text and the function it stands for, made together. */
class ConditionProperties {
  private static final List<String> SEARCHES = List.of("a", "b", "sel_1", "sel_2", "sel_3");

  /**
   * A condition's text and meaning.
   *
   * @param level how tightly its outermost operator binds: 0 or, 1 and, 2 not, 3 nothing looser
   */
  private record Model(String text, int level, Predicate<boolean[]> meaning) {
    String inside(int outer) {
      return level < outer ? "(" + text + ")" : text;
    }
  }

  @Property
  void textMeansWhatItSays(
      @ForAll("conditions") Model model, @ForAll boolean[] given, @ForAll boolean standard)
      throws RuleException {
    boolean[] truth = Arrays.copyOf(given, SEARCHES.size());

    Condition condition =
        new ConditionParser(new Located(model.text(), 1, 1), SEARCHES, standard).parse();

    assertThat(condition.test(i -> truth[i])).isEqualTo(model.meaning().test(truth));
  }

  @Property
  void noTextMakesTheParserFailOtherwise(@ForAll("scraps") List<String> words) {
    String text = String.join(" ", words);
    ConditionParser parser = new ConditionParser(new Located(text, 1, 1), SEARCHES, false);
    try {
      Condition condition = parser.parse();
      condition.test(i -> true);
    } catch (RuleException e) {
      assertThat(e.getMessage()).contains("condition");
    }
  }

  @Provide
  Arbitrary<List<String>> scraps() {
    return Arbitraries.of("a", "and", "or", "not", "(", ")", "1", "of", "all", "them", "sel_*", "|")
        .list()
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<Model> conditions() {
    return Arbitraries.lazyOf(
        this::leaves,
        this::leaves,
        this::leaves,
        () -> conditions().map(c -> new Model("not " + c.inside(2), 2, c.meaning().negate())),
        () -> pair("and", 1, Predicate::and),
        () -> pair("or", 0, Predicate::or));
  }

  private interface Join {
    Predicate<boolean[]> of(Predicate<boolean[]> left, Predicate<? super boolean[]> right);
  }

  private Arbitrary<Model> pair(String word, int level, Join join) {
    return Combinators.combine(conditions(), conditions())
        .as(
            (left, right) ->
                new Model(
                    left.inside(level) + " " + word + " " + right.inside(level + 1),
                    level,
                    join.of(left.meaning(), right.meaning())));
  }

  private Arbitrary<Model> leaves() {
    Arbitrary<Model> names =
        Arbitraries.integers()
            .between(0, SEARCHES.size() - 1)
            .map(i -> new Model(SEARCHES.get(i), 3, truth -> truth[i]));
    return Arbitraries.oneOf(
        names,
        Arbitraries.just(new Model("1 of sel_*", 3, t -> t[2] || t[3] || t[4])),
        Arbitraries.just(new Model("all of sel_*", 3, t -> t[2] && t[3] && t[4])),
        Arbitraries.just(new Model("1 of them", 3, t -> t[0] || t[1] || t[2] || t[3] || t[4])),
        Arbitraries.just(new Model("all of them", 3, t -> t[0] && t[1] && t[2] && t[3] && t[4])));
  }
}
