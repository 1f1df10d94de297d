package dev.autograd.testkit;

import java.util.List;
import java.util.stream.Stream;

/**
 * The corpus of planted bugs: wrong derivatives that checkers must find, each beside its correct
 * twin. All inputs are fixed or drawn with fixed seeds.
 *
 * @see RightGradients
 */
public final class PlantedBugs {

  private PlantedBugs() {}

  /** Returns the whole corpus, family by family. */
  public static List<PlantedBug> all() {
    return Stream.of(
            ElementwiseBugs.all(),
            KinkBugs.all(),
            UpstreamBugs.all(),
            MatrixBugs.all(),
            BroadcastingBugs.all(),
            ReductionBugs.all(),
            ArrangingBugs.all(),
            NormalisationBugs.all(),
            NetworkBugs.all(),
            MemoryBugs.all(),
            SecondOrderBugs.all(),
            SaturationBugs.all(),
            ScaleBugs.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Returns the bugs of one family. */
  public static List<PlantedBug> of(BugFamily family) {
    return all().stream().filter(bug -> bug.family() == family).toList();
  }
}
