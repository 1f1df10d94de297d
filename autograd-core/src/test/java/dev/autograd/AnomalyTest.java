package dev.autograd;

import static dev.autograd.ClosedTape.assertReads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Tape.Option#CHECK_FINITE} in the forward pass: what is reported, what not, and where. */
class AnomalyTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private Tape tape = Tape.open();

  @BeforeEach
  void open() {
    tape.close();
    tape = Tape.open(Tape.Option.CHECK_FINITE);
  }

  @AfterEach
  void close() {
    ClosedTape.closeAll();
  }

  private static Tensor leaf(double... values) {
    return Tensor.of(values).withGrad();
  }

  private static void assertReported(String op, String made, Supplier<Tensor> computation) {
    assertThatThrownBy(computation::get)
        .isInstanceOf(NonFiniteException.class)
        .hasMessageStartingWith(op + ": it made " + made + " out of ")
        .hasMessageContaining("computed at dev.autograd.AnomalyTest");
  }

  @Nested
  class Reported {

    @Test
    void isTheOperationWithItsOperandsAndTheLine() {
      Tensor x = leaf(1, 0, 2).named("x");
      assertThatThrownBy(() -> x.log().exp().sum())
          .isInstanceOf(NonFiniteException.class)
          .isInstanceOf(ArithmeticException.class)
          .message()
          .matches(
              "log: it made an infinity out of finite numbers: the result is F64\\[3] from 0\\.0 to"
                  + " 0\\.693\\d*, 1 infinite, the first at \\[1]; operand 0 is \"x\" F64\\[3] from"
                  + " 0\\.0 to 2\\.0; computed at"
                  + " dev\\.autograd\\.AnomalyTest\\$Reported\\.\\S*isTheOperationWith\\S*"
                  + "\\(AnomalyTest\\.java:\\d+\\); keep the operands away from there, with clamp"
                  + " or where");
    }

    @Test
    void isNaNToo() {
      Tensor a = leaf(1, -4).reshape(1, 2);
      assertThatThrownBy(() -> a.div(Tensor.of(new double[][] {{2, 1}})).sqrt())
          .isInstanceOf(NonFiniteException.class)
          .hasMessageStartingWith(
              "sqrt: it made NaN out of numbers without one: the result is F64[1, 2] from 0.70")
          .hasMessageContaining(
              ", 1 NaN, the first at [0, 1]; operand 0 is F64[1, 2] from -4.0 to");
    }

    @Test
    void isTheFirstOfThemAll() {
      Tensor x = leaf(-1, 800);
      assertReported("exp", "an infinity", () -> x.exp().log().sqrt().sum());
      assertReported("log", "NaN", () -> x.log().exp());
      assertThat(tape.nodes()).isEmpty();
      Tensor fine = x.square().sum();
      assertThat(tape.nodes()).extracting(Node::op).containsExactly("square", "sum");
      fine.backward();
      assertReads(x.grad(), -2, 1600);
    }

    @Test
    void areUntrackedOperationsToo() {
      assertReported("reciprocal", "an infinity", () -> Tensor.of(0.0).reciprocal());
      Tensor x = leaf(0);
      assertReported("log", "an infinity", () -> Autograd.noGrad(() -> x.log()));
      assertReported("map", "NaN", () -> x.map(v -> Math.sqrt(-1 - v)));
      assertReported("mine", "NaN", () -> Tensor.custom("mine", Tensor.of(Double.NaN), x, g -> g));
    }

    @Test
    void isOverflow() {
      Tensor big = leaf(1e308, 1e308);
      assertReported("sum", "an infinity", big::sum);
      assertReported("mul", "an infinity", () -> big.mul(10));
      assertReported("to", "an infinity", () -> big.to(DType.F32));
      assertReported("dot", "an infinity", () -> big.dot(big));
    }

    @Test
    void isNaNOfInfinities() {
      Tensor infinite = Tensor.of(INFINITY, 1);
      assertReported("sub", "NaN", () -> infinite.sub(infinite));
      assertReported("mul", "NaN", () -> infinite.mul(Tensor.of(0.0, 0)));
    }

    @Test
    void isTheMeanOfNothing() {
      assertReported("mean", "NaN", () -> Tensor.zeros(DType.F64, 0).mean());
    }

    @Test
    void isABranchThatIsNotTaken() {
      Tensor x = leaf(0, 1);
      assertReported("log", "an infinity", () -> x.log().where(x.gt(0), 0));
    }

    @Test
    void isInBothElementTypes() {
      assertReported("exp", "an infinity", () -> Tensor.of(100f).withGrad().exp());
    }
  }

  @Nested
  class NotReported {

    @Test
    void isWhatWasNotFiniteBefore() {
      Tensor x = leaf(Double.NaN, INFINITY, 3);
      Tensor y = x.mul(2).add(1).neg();
      assertThat(y.item(0)).isNaN();
      assertReads(y.slice(0, 1, 3), -INFINITY, -7);
      y.sum().backward();
      assertReads(x.grad(), -2, -2, -2);
    }

    @Test
    void isAMaskOfInfinitiesThatSoftmaxRemoves() {
      Tensor x = leaf(1, 2, 3);
      Tensor mask = Tensor.of(0, -INFINITY, 0);
      Tensor p = x.add(mask).softmax(0);
      p.at(0).backward();
      double q = 1 / (1 + Math.exp(2));
      assertThat(p.allClose(Tensor.of(q, 0, 1 - q), 1e-12, 0)).isTrue();
      assertThat(x.grad().allClose(Tensor.of(q * (1 - q), 0, -q * (1 - q)), 1e-12, 0)).isTrue();

      Tensor filled = x.where(Tensor.of(1.0, 0, 1).gt(0), -INFINITY);
      assertThat(filled.logSoftmax(0).item(1)).isEqualTo(-INFINITY);
      assertThat(filled.logSumExp().item()).isFinite();
    }

    @Test
    void isAnInfinityThatIsPutAtSomePlaces() {
      Tensor x = leaf(1, 2);
      Tensor filled = x.maskedFill(x.gt(1), -INFINITY);
      assertReads(filled.softmax(0), 1, 0);
      assertReads(x.pad(INFINITY, new int[] {1, 0}).min(), 1);
      filled.softmax(0).at(0).backward();
      assertReads(x.grad(), 0, 0);
    }

    @Test
    void isALimitAtInfinity() {
      Tensor x = leaf(1, -2);
      assertReads(x.clamp(-INFINITY, 0), 0, -2);
      assertReads(x.maximum(-INFINITY), 1, -2);
    }

    @Test
    void areMasksAndIndices() {
      assertThat(Tensor.of(Double.NaN).eq(Tensor.of(1.0)).item()).isZero();
      assertThat(Tensor.indices(1, 2).to(DType.F64).item(1)).isEqualTo(2);
    }

    @Test
    void isAnythingWithoutTheMode() {
      tape.close();
      Tensor x = leaf(0);
      Tensor y = x.log();
      assertReads(y, -INFINITY);
      y.backward();
      assertReads(x.grad(), INFINITY);
      Tape plain = Tape.open();
      assertReads(x.log(), -INFINITY);
      assertThat(plain.nodes().get(0).attributes()).isEmpty();
    }
  }

  @Nested
  class Scope {

    @Test
    void tapesOpenedInsideInheritTheMode() {
      assertReported("log", "an infinity", () -> Tape.scope(() -> Tensor.of(0.0).log()));
      Tape inner = Tape.open();
      assertReported("log", "an infinity", () -> Tensor.of(0.0).log());
      inner.close();
      assertReported("log", "an infinity", () -> Tensor.of(0.0).log());
    }

    @Test
    void aTapeOpenedInsideAnotherEndsTheModeWithIt() {
      tape.close();
      Tape outer = Tape.open();
      Tape inner = Tape.open(Tape.Option.CHECK_FINITE);
      assertReported("log", "an infinity", () -> Tensor.of(0.0).log());
      inner.close();
      assertReads(Tensor.of(0.0).log(), -INFINITY);
      outer.close();
    }

    @Test
    void otherThreadsAreNotInIt() throws Exception {
      assertReads(InParallel.elsewhere(() -> Tensor.of(0.0).log()), -INFINITY);
    }

    @Test
    void itIsOnceOnHoweverOftenItIsAskedFor() {
      Tape inner = Tape.open(Tape.Option.CHECK_FINITE, Tape.Option.CHECK_FINITE);
      Tensor y = leaf(4).sqrt();
      assertReads(y, 2);
      inner.close();
    }
  }

  @Nested
  class SourceLines {

    private String sourceOf(Tensor t) {
      return String.valueOf(t.vertex().attributes().get("source"));
    }

    @Test
    void areAnAttributeOfEveryNode() {
      Tensor y = leaf(1, 2).square().sum(0);
      assertThat(tape.nodes())
          .allSatisfy(
              node ->
                  assertThat(String.valueOf(node.attributes().get("source")))
                      .matches(
                          "dev\\.autograd\\.AnomalyTest\\$SourceLines\\.areAnAttributeOfEveryNode"
                              + "\\(AnomalyTest\\.java:\\d+\\)"));
      assertThat(tape.toString()).contains("square(%0, source=dev.autograd.AnomalyTest$Source");
      assertThat(y.nodes()).hasSize(3);
    }

    @Test
    void differByLine() {
      Tensor x = leaf(1);
      Tensor one = x.square();
      Tensor two = x.square();
      assertThat(line(two)).isEqualTo(line(one) + 1);
    }

    private int line(Tensor t) {
      String source = sourceOf(t);
      return Integer.parseInt(source.substring(source.indexOf(':') + 1, source.length() - 1));
    }

    @Test
    void skipTheLibraryAndTheJdk() {
      Tensor x = leaf(1, 2);
      List<Tensor> mapped = List.of(x).stream().map(t -> t).map(Tensor::exp).toList();
      assertThat(sourceOf(mapped.get(0))).contains("skipTheLibraryAndTheJdk");
      // Losses, and reductions with all their parts, are the library's.
      assertThat(sourceOf(Losses.mse(x, Tensor.of(1.0, 2)))).contains("skipTheLibraryAndTheJdk");
      assertThat(sourceOf(Autograd.recompute(Tensor::tanh, x))).contains("skipTheLibraryAndTheJdk");
    }

    @Test
    void areWhereALambdaIs() {
      Tensor[] inside = new Tensor[1];
      Tape.scope(
          () -> {
            inside[0] = leaf(1).exp();
          });
      assertThat(sourceOf(inside[0])).contains(".areWhereALambdaIs(");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1.5, 0.25, 3})
  void valuesAndGradientsAreTheSameAsWithoutTheMode(double start) {
    Tensor with = gradient(start);
    tape.close();
    assertReads(gradient(start), with.keep().toDoubleArray());
  }

  private Tensor gradient(double start) {
    Tensor x = Tensor.linspace(DType.F64, start, start + 1, 6).reshape(2, 3).withGrad();
    Tensor h = x.tanh().mul(x.exp()).add(x.sum(1).unsqueeze(1)).add(x);
    Tensor slices = x.at(0, 1).mul(3).add(x.at(1, 1)).add(x.select(0, 1).sum()).add(x.at(0, 1));
    h.square().mean().add(slices).backward();
    return x.grad();
  }
}
