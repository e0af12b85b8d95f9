package org.minivql.sigma.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The automaton finds what looking for each word finds. */
class AutomatonProperties {
  @Property
  void findsTheWordsThatAreThere(
      @ForAll("words") List<String> words, @ForAll("texts") String text) {
    Map<String, List<Integer>> numbers = new HashMap<>();
    BitSet expected = new BitSet();
    for (int i = 0; i < words.size(); i++) {
      numbers.computeIfAbsent(words.get(i), word -> new ArrayList<>()).add(i);
      expected.set(i, (Atom.BEGIN + text + Atom.END).contains(words.get(i)));
    }

    BitSet found = new BitSet();
    new Automaton(numbers).scan(text, found);

    assertThat(found).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.strings()
        .withChars('a', 'b', 'é', Atom.BEGIN, Atom.END)
        .ofMinLength(1)
        .ofMaxLength(5)
        .list()
        .ofMaxSize(30);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars('a', 'b', 'c', 'é', 'ß').ofMaxLength(20);
  }
}
