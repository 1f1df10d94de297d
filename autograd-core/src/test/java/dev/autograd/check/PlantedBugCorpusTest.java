package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.testkit.BugFamily;
import dev.autograd.testkit.PlantedBug;
import dev.autograd.testkit.PlantedBugs;
import dev.autograd.testkit.RightGradient;
import dev.autograd.testkit.RightGradients;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check finds every bug of the corpus and rejects no right gradient. */
class PlantedBugCorpusTest {

  /** Returns whether a function is rejected, or refused because it is not repeatable. */
  private static boolean caught(
      Function<List<Tensor>, Tensor> f, List<Tensor> at, int order, long seed) {
    try {
      return !GradientCheck.ofList(f).at(at).order(order).seed(seed).check().passed();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("not repeatable");
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {42, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void everyBugIsCaught(long seed) {
    Set<String> missed = new TreeSet<>();
    for (PlantedBug bug : PlantedBugs.all()) {
      if (!caught(bug.wrong().get(), bug.at(), bug.order(), seed)) {
        missed.add(bug.name());
      }
    }
    assertThat(missed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {42, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void everyTwinPasses(long seed) {
    for (PlantedBug bug : PlantedBugs.all()) {
      GradientCheck check = GradientCheck.ofList(bug.right().get()).at(bug.at());
      GradientReport report = check.order(bug.twinOrder()).seed(seed).check();
      assertThat(report.passed()).as("%s: %s", bug, report).isTrue();
    }
  }

  @Test
  void bugsOfTheSecondOrderAreRightInTheFirst() {
    for (PlantedBug bug : PlantedBugs.all()) {
      if (bug.order() == 2) {
        assertThat(caught(bug.wrong().get(), bug.at(), 1, 42)).as(bug.name()).isFalse();
      }
    }
  }

  @Test
  void rightGradientsAreNotRejected() {
    Set<String> rejected = new TreeSet<>();
    for (RightGradient right : RightGradients.all()) {
      if (!acceptedOrOutsideTheDomain(right)) {
        rejected.add(right.name());
      }
    }
    assertThat(rejected).isEmpty();
  }

  private static boolean acceptedOrOutsideTheDomain(RightGradient right) {
    GradientCheck check = GradientCheck.ofList(right.function()).at(right.at());
    try {
      return check.order(right.order()).check().passed();
    } catch (IllegalArgumentException e) {
      return right.trap() == RightGradient.Trap.BORDER;
    }
  }

  @Test
  void bugsAndTwinsHaveTheSameValue() {
    for (PlantedBug bug : PlantedBugs.all()) {
      double[] wrong = bug.wrong().get().apply(bug.at()).toDoubleArray();
      double[] right = bug.right().get().apply(bug.at()).toDoubleArray();
      assertThat(wrong).as(bug.name()).containsExactly(right);
    }
  }

  @Test
  void namesAreUniqueAndMistakesTold() {
    List<PlantedBug> bugs = PlantedBugs.all();
    assertThat(bugs).hasSizeGreaterThanOrEqualTo(60);
    assertThat(bugs).extracting(PlantedBug::name).doesNotHaveDuplicates();
    assertThat(bugs).extracting(PlantedBug::mistake).noneMatch(String::isBlank);
    assertThat(RightGradients.all()).extracting(RightGradient::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void everyFamilyHasBugs(BugFamily family) {
    assertThat(PlantedBugs.of(family)).hasSizeGreaterThanOrEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource
  void everyTrapIsSet(RightGradient.Trap trap) {
    assertThat(RightGradients.all()).extracting(RightGradient::trap).contains(trap);
  }
}
