package dev.autograd.check;

import java.util.List;
import java.util.function.Function;

/**
 * Kinks that several elements share, as equal elements do at their maximum: moved by the same way,
 * they leave it smooth. Whatever part of the slope a convention gives to each, the parts must then
 * add up, which a look at each alone does not tell.
 */
final class Ties {

  /** Of more kinks, the first are looked at. */
  private static final int MOST = 12;

  private final List<Moves.Move> kinks;
  private final Function<List<Moves.Move>, CheckedElement> judge;

  Ties(List<Moves.Move> kinks, Function<List<Moves.Move>, CheckedElement> judge) {
    this.kinks = kinks.subList(0, Math.min(MOST, kinks.size()));
    this.judge = judge;
  }

  /**
   * Replaces what was found about an element by what was found about it and another one together,
   * if that is wrong.
   */
  void check(List<List<CheckedElement>> elements) {
    for (int i = 0; i < kinks.size(); i++) {
      for (int j = i + 1; j < kinks.size(); j++) {
        CheckedElement both = judge.apply(List.of(kinks.get(i), kinks.get(j)));
        if (both.verdict() == Verdict.WRONG && both.smooth()) {
          Moves.Move first = kinks.get(i);
          List<CheckedElement> own = elements.get(first.block());
          own.replaceAll(element -> element.index().equals(both.index()) ? both : element);
        }
      }
    }
  }
}
