package org.minivql.syntax;

import java.util.HashMap;
import java.util.Map;

/**
 * Chooses between ways to lay out a piece by trying them. Pieces stand in pieces; a choice made
 * once is remembered, so that deep nesting does not take time without bound.
 */
final class Choices {
  /** How many layouts are tried for one statement; after that the last way is taken untried. */
  private static final int MAX_TRIALS = 20_000;

  /** Longer results are not worth remembering. */
  private static final int LONGEST_KEPT = 5_000;

  private final Writer out;
  private final Comments comments;
  private final Map<Situation, Outcome> outcomes = new HashMap<>();
  private int trials;

  Choices(Writer out, Comments comments) {
    this.out = out;
    this.comments = comments;
  }

  /** All that a choice depends on: the piece and what is around it. */
  private record Situation(
      Identity piece,
      String last,
      boolean atLineStart,
      int indent,
      int position,
      int widest,
      int comment) {}

  private record Identity(Object piece) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Identity identity && identity.piece == piece;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(piece);
    }
  }

  /** What was written, and which comment comes next. */
  private record Outcome(Writer.Snapshot text, int comment) {}

  /** Forgets everything: a new statement begins. */
  void beginStatement() {
    outcomes.clear();
    trials = 0;
  }

  /**
   * Writes a piece in one of several ways: the first if it fits into the line, else one that stays
   * narrow, else one with few lines. Where lines may not be broken it is the first.
   *
   * @param piece the piece, compared by identity
   * @param ways the ways to write it; each leaves the indentation as it was
   */
  void choose(Object piece, Runnable... ways) {
    if (!out.breaking()) {
      ways[0].run();
      return;
    }
    int point = out.point();
    Writer.Snapshot before = out.since(point);
    Situation situation =
        new Situation(
            new Identity(piece),
            out.last(),
            out.atLineStart(),
            out.indent(),
            out.position(),
            out.widest(),
            comments.next());
    Outcome outcome = outcomes.get(situation);
    if (outcome == null) {
      outcome = best(point, before, ways);
      if (outcome.text.written().size() <= LONGEST_KEPT) {
        int added = outcome.text.lines() - before.lines();
        outcomes.put(situation, new Outcome(outcome.text.withLines(added), outcome.comment));
      }
    } else {
      outcome =
          new Outcome(
              outcome.text.withLines(before.lines() + outcome.text.lines()), outcome.comment);
    }
    put(outcome, point);
    if (before.spoiled()) {
      out.spoil();
    }
  }

  private Outcome best(int point, Writer.Snapshot before, Runnable... ways) {
    Outcome start = new Outcome(before.clean(), comments.next());
    Outcome best = null;
    for (Runnable way : ways) {
      put(start, point);
      trials++;
      boolean hopeless = trials > MAX_TRIALS;
      (hopeless ? ways[ways.length - 1] : way).run();
      out.setBreaking(true);
      Outcome found = new Outcome(out.since(point), comments.next());
      if (hopeless || best == null && found.text.fits(before)) {
        return found;
      }
      if (best == null || found.text.beats(best.text)) {
        best = found;
      }
    }
    return best;
  }

  private void put(Outcome outcome, int point) {
    out.restore(outcome.text, point);
    comments.rewind(outcome.comment);
  }
}
