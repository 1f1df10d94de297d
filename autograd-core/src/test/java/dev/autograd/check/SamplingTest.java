package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Where the samples of a contract come from. */
class SamplingTest {

  private static final Sampling DEFAULT = Sampling.byDefault();
  private static final Interval HIGH = new Interval(10, 20, List.of());

  private static double[] numbers(Sample sample, int operand) {
    return sample.given().get(operand).toDoubleArray();
  }

  private static List<String> shapes(List<Sample> samples) {
    return samples.stream().map(Sample::toString).toList();
  }

  @Test
  void theUsualShapesAreEqualForAllOperands() {
    assertThat(shapes(DEFAULT.samples(1, 1, false)))
        .containsExactly(
            "[5]", "[2, 3]", "[2, 3, 2]", "[]", "[1]", "[1, 4, 1]", "[0]", "[2, 0, 3]");
    assertThat(shapes(DEFAULT.samples(1, 2, false)))
        .hasSize(8)
        .contains("[2, 3] x [2, 3]", "[] x []");
  }

  @Test
  void whatBroadcastsGetsOtherShapesToo() {
    assertThat(shapes(DEFAULT.samples(1, 2, true)))
        .hasSize(19)
        .contains("[2, 3] x [2, 3]", "[3, 1] x [3]", "[5] x []", "[4, 0] x [4, 1]");
  }

  @Test
  void withoutANumberOfOperandsThereAreNoUsualShapes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULT.samples(1, 0, false))
        .withMessage(
            "contract: of how many operands, and of which shapes, is not known for ofList; say so"
                + " with shapes(...), sample(...) or samples(...)");
    assertThat(DEFAULT.with(List.of(Shape.of(2))).samples(1, 0, false)).hasSize(1);
  }

  @Test
  void chosenSamplesTakeThePlaceOfTheUsualOnesInOrder() {
    Sample own = new Sample(List.of(Tensor.of(1.0, 2, 3, 4)));
    Sampling chosen =
        DEFAULT
            .with(List.of(Shape.of(7)))
            .with(own)
            .with(2, random -> List.of(Tensor.of(random.nextDouble(), 0)));
    List<Sample> samples = chosen.samples(3, 1, false);
    assertThat(shapes(samples)).containsExactly("[7]", "[4]", "[2]", "[2]");
    assertThat(samples.get(1)).isSameAs(own);
    assertThat(numbers(samples.get(2), 0)).isNotEqualTo(numbers(samples.get(3), 0));
  }

  @Test
  void aSeedRepeatsTheNumbersAndAnotherChangesThem() {
    double[] first = numbers(DEFAULT.samples(1, 1, false).get(1), 0);
    assertThat(numbers(DEFAULT.samples(1, 1, false).get(1), 0)).isEqualTo(first);
    assertThat(numbers(DEFAULT.samples(2, 1, false).get(1), 0)).isNotEqualTo(first);
  }

  @Test
  void numbersOfAllOperandsOfADomainAreDifferentAndCoverIt() {
    Sample sample = DEFAULT.with(List.of(Shape.of(40), Shape.of(60))).samples(1, 2, false).get(0);
    double[] first = numbers(sample, 0);
    double[] all =
        DoubleStream.concat(Arrays.stream(first), Arrays.stream(numbers(sample, 1))).toArray();
    Set<Double> different = new HashSet<>(Arrays.stream(all).boxed().toList());
    assertThat(different).hasSize(100);
    assertThat(Arrays.stream(all).min().orElseThrow()).isBetween(-2.0, -1.8);
    assertThat(Arrays.stream(all).max().orElseThrow()).isBetween(1.8, 2.0);
    // Shuffled: neither operand has the lower numbers only, nor are they in order.
    assertThat(Arrays.stream(first).max().orElseThrow()).isGreaterThan(1);
    assertThat(first).isNotEqualTo(Arrays.stream(first).sorted().toArray());
  }

  @Test
  void anOperandMayHaveADomainOfItsOwn() {
    Sampling sampling = DEFAULT.over(new Interval(-9, -5, List.of())).over(1, HIGH);
    assertThat(sampling.domain(0).from()).isEqualTo(-9);
    assertThat(sampling.domain(1)).isEqualTo(HIGH);
    Sample sample = sampling.samples(1, 2, false).get(0);
    assertThat(Arrays.stream(numbers(sample, 0))).allMatch(x -> x > -9 && x < -5);
    assertThat(Arrays.stream(numbers(sample, 1))).allMatch(x -> x > 10 && x < 20);
  }

  /** One number alone is drawn from the middle half, however many there are of other domains. */
  @Test
  void theNumbersOfADomainShareItAmongThemselvesOnly() {
    Sampling sampling =
        DEFAULT.over(1, new Interval(0, 32, List.of())).with(List.of(Shape.of(99), Shape.of(1)));
    for (long seed = 0; seed < 10; seed++) {
      assertThat(numbers(sampling.samples(seed, 2, false).get(0), 1)[0]).isBetween(8.5, 23.5);
    }
  }

  @Test
  void pointsAreExceptedInEveryDomain() {
    Sampling sampling = DEFAULT.over(1, HIGH).except(15, 1);
    assertThat(sampling.domain(0).except()).containsExactly(15.0, 1.0);
    assertThat(sampling.domain(1).except()).containsExactly(15.0, 1.0);
    assertThat(sampling.domain(1).from()).isEqualTo(10);
  }

  @Test
  void edgesOfTwoOperandsMeetEachWithEach() {
    Sample one = DEFAULT.edges(1);
    assertThat(one.given()).hasSize(1);
    assertThat(numbers(one, 0)).containsExactly(-2, 2, 0);
    Sample two = DEFAULT.over(1, HIGH).edges(2);
    assertThat(numbers(two, 0)).containsExactly(-2, -2, 2, 2, 0, 0);
    assertThat(numbers(two, 1)).containsExactly(10, 20, 10, 20, 10, 20);
    assertThat(two.given().get(0).dtype()).isEqualTo(DType.F64);
  }
}
