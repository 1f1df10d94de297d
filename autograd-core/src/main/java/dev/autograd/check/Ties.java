package dev.autograd.check;

import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Kinks that several elements share, as equal elements do at their maximum: moved by the same way,
 * they leave it smooth. Whatever part of the slope a convention gives to each, the parts must then
 * add up, which a look at each alone does not tell.
 */
final class Ties {

  /** Of more kinks, the first are looked at. */
  private static final int MOST = 8;

  private final List<Moves.Move> kinks;
  private final Function<List<Moves.Move>, CheckedElement> judge;

  Ties(List<Moves.Move> kinks, Function<List<Moves.Move>, CheckedElement> judge) {
    this.kinks = kinks.subList(0, Math.min(MOST, kinks.size()));
    this.judge = judge;
  }

  /** Returns a finding per pair that is wrong. */
  List<CheckedInput> wrong(int order, List<Block> blocks) {
    List<CheckedInput> wrong = new ArrayList<>();
    for (int i = 0; i < kinks.size(); i++) {
      for (int j = i + 1; j < kinks.size(); j++) {
        CheckedElement both = judge.apply(List.of(kinks.get(i), kinks.get(j)));
        if (both.verdict() == Verdict.WRONG && both.smooth()) {
          String pair = name(kinks.get(i), blocks) + " with " + name(kinks.get(j), blocks);
          Map<Verdict, Integer> verdicts = Map.of(Verdict.WRONG, 1);
          wrong.add(
              new CheckedInput(order, pair, Shape.SCALAR, true, 0, 1, 1, verdicts, List.of(both)));
        }
      }
    }
    return wrong;
  }

  private static String name(Moves.Move move, List<Block> blocks) {
    return blocks.get(move.block()).label() + " " + move.direction().index();
  }
}
