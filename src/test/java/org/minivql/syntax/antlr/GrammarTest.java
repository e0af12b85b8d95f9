package org.minivql.syntax.antlr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.DecisionState;
import org.antlr.v4.runtime.atn.LL1Analyzer;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.junit.jupiter.api.Test;

class GrammarTest {
  private final ATN atn = VqlParser._ATN;

  @Test
  void everyDecisionLooksAtOneToken() {
    List<String> undecided = new ArrayList<>();
    for (DecisionState state : atn.decisionToState) {
      if (!isDisjoint(new LL1Analyzer(atn).getDecisionLookahead(state))) {
        undecided.add(VqlParser.ruleNames[state.ruleIndex]);
      }
    }
    assertThat(atn.decisionToState).isNotEmpty();
    assertThat(undecided).isEmpty();
  }

  private static boolean isDisjoint(IntervalSet[] lookaheads) {
    IntervalSet seen = new IntervalSet();
    for (IntervalSet lookahead : lookaheads) {
      if (lookahead == null || !seen.and(lookahead).isNil()) {
        return false;
      }
      seen.addAll(lookahead);
    }
    return true;
  }

  @Test
  void everyTokenIsUsedOrNamedHere() {
    IntervalSet used = new IntervalSet();
    atn.states.stream()
        .filter(state -> state != null)
        .forEach(
            state -> {
              for (int i = 0; i < state.getNumberOfTransitions(); i++) {
                if (state.transition(i).label() != null) {
                  used.addAll(state.transition(i).label());
                }
              }
            });
    List<String> unused = new ArrayList<>();
    for (int type = 1; type <= VqlParser.VOCABULARY.getMaxTokenType(); type++) {
      if (!used.contains(type)) {
        unused.add(VqlParser.VOCABULARY.getSymbolicName(type));
      }
    }
    assertThat(unused)
        .containsExactlyInAnyOrder(
            "TOO_DEEP",
            "TOO_MANY",
            "WHITESPACE",
            "BLOCK_COMMENT",
            "DASH_COMMENT",
            "SLASH_COMMENT",
            "PERCENT",
            "INVALID");
  }
}
