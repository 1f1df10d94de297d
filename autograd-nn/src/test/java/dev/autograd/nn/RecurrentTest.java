package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Autograd;
import dev.autograd.DTypeException;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecurrentTest {

  private static final double X = 0.5;
  private static final double H = -0.3;

  private final SplittableRandom random = new SplittableRandom(11);

  private static Tensor column(double... values) {
    return Tensor.of(values).reshape(values.length, 1);
  }

  private static Tensor one(double value) {
    return Tensor.of(value).reshape(1, 1);
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  // ---------------------------------------------------------------- cells of one unit, by hand

  @Test
  void rnnStepIsAFunctionOfInputAndState() {
    RnnCell cell =
        new RnnCell(one(2), one(3), Tensor.of(0.1), Tensor.of(0.4), ActivationLayer.TANH);
    double expected = Math.tanh(2 * X + 3 * H + 0.5);
    assertThat(cell.step(one(X), one(H)).item()).isCloseTo(expected, within(1e-15));
    assertThat(cell.function(ActivationLayer.SIGMOID).step(one(X), one(H)).item())
        .isCloseTo(sigmoid(2 * X + 3 * H + 0.5), within(1e-15));
  }

  @Test
  void gruStepResetsTheStateAfterItsProduct() {
    GruCell cell =
        new GruCell(
            column(1, 2, 3),
            column(-1, 0.5, 2),
            Tensor.of(0.1, 0.2, 0.3),
            Tensor.of(0.4, -0.5, 0.6),
            false);
    double r = sigmoid(X + 0.1 - H + 0.4);
    double z = sigmoid(2 * X + 0.2 + 0.5 * H - 0.5);
    double n = Math.tanh(3 * X + 0.3 + r * (2 * H + 0.6));
    assertThat(cell.step(one(X), one(H)).item()).isCloseTo((1 - z) * n + z * H, within(1e-15));
  }

  @Test
  void gruStepMayResetTheStateFirst() {
    GruCell cell =
        new GruCell(
                column(1, 2, 3),
                column(-1, 0.5, 2),
                Tensor.of(0.1, 0.2, 0.3),
                Tensor.of(0.4, -0.5, 0.6),
                false)
            .resettingFirst();
    double r = sigmoid(X + 0.1 - H + 0.4);
    double z = sigmoid(2 * X + 0.2 + 0.5 * H - 0.5);
    double n = Math.tanh(3 * X + 0.3 + 2 * r * H + 0.6);
    assertThat(cell.step(one(X), one(H)).item()).isCloseTo((1 - z) * n + z * H, within(1e-15));
  }

  @Test
  void lstmStepHasItsGatesInTheOrderOfPyTorch() {
    LstmCell cell =
        new LstmCell(
            column(1, 2, 3, 4),
            column(-1, 0.5, 2, -2),
            Tensor.of(0.1, 0.2, 0.3, 0.4),
            Tensor.of(0.4, -0.5, 0.6, 0.7));
    double i = sigmoid(X + 0.1 - H + 0.4);
    double f = sigmoid(2 * X + 0.2 + 0.5 * H - 0.5);
    double g = Math.tanh(3 * X + 0.3 + 2 * H + 0.6);
    double o = sigmoid(4 * X + 0.4 - 2 * H + 0.7);
    double memory = f * 0.8 + i * g;
    LstmCell.State next = cell.step(one(X), new LstmCell.State(one(H), one(0.8)));
    assertThat(next.memory().item()).isCloseTo(memory, within(1e-15));
    assertThat(next.hidden().item()).isCloseTo(o * Math.tanh(memory), within(1e-15));
  }

  // ---------------------------------------------------------------- over sequences

  private <S> void requireSameAsSteps(Cell<S> cell) {
    Tensor x = Tensor.normal(random, DType.F64, 2, 4, 3);
    S state = cell.start(2);
    Recurrent.Unrolled<S> unrolled = Recurrent.of(cell).run(x);
    for (int t = 0; t < 4; t++) {
      state = cell.step(x.select(1, t), state);
      assertThat(unrolled.outputs().select(1, t).toDoubleArray())
          .containsExactly(cell.output(state).toDoubleArray(), within(1e-14));
    }
    assertThat(cell.output(unrolled.last()).toDoubleArray())
        .isEqualTo(unrolled.outputs().select(1, 3).toDoubleArray());
    assertThat(Recurrent.of(cell).forward(x).toDoubleArray())
        .isEqualTo(unrolled.outputs().toDoubleArray());
  }

  @Test
  void unrollingIsOneStepAfterTheOther() {
    requireSameAsSteps(RnnCell.of(3, 2, random));
    requireSameAsSteps(GruCell.of(3, 2, random));
    requireSameAsSteps(GruCell.of(3, 2, random).resettingFirst());
    requireSameAsSteps(LstmCell.of(3, 2, random));
  }

  @Test
  void aSequenceInTwoPiecesGoesOnWithTheLastState() {
    Recurrent<LstmCell.State> lstm = Recurrent.of(LstmCell.of(3, 2, random));
    Tensor x = Tensor.normal(random, DType.F64, 2, 5, 3);
    Recurrent.Unrolled<LstmCell.State> whole = lstm.run(x);
    Recurrent.Unrolled<LstmCell.State> first = lstm.run(x.slice(1, 0, 2));
    Recurrent.Unrolled<LstmCell.State> second = lstm.run(x.slice(1, 2, 5), first.last());
    Tensor joined = Tensor.concat(1, first.outputs(), second.outputs());
    assertThat(joined.allClose(whole.outputs(), 1e-14, 1e-14)).isTrue();
    assertThat(second.last().memory().allClose(whole.last().memory(), 1e-14, 1e-14)).isTrue();
  }

  @Test
  void backwardsStartsWithTheLastStep() {
    Recurrent<Tensor> forth = Recurrent.of(GruCell.of(3, 2, random));
    Recurrent<Tensor> back = forth.backwards();
    Tensor x = Tensor.normal(random, DType.F64, 2, 4, 3);
    assertThat(back.forward(x).toDoubleArray())
        .isEqualTo(forth.forward(x.flip(1)).flip(1).toDoubleArray());
    assertThat(back.run(x).last().toDoubleArray())
        .isEqualTo(back.forward(x).select(1, 0).toDoubleArray());
    assertThat(back.backwards()).isEqualTo(forth);
  }

  @Test
  void laterInputsDoNotReachEarlierOutputs() {
    Recurrent<LstmCell.State> lstm = Recurrent.of(LstmCell.of(3, 2, random));
    Tensor x = Tensor.normal(random, DType.F64, 1, 4, 3).withGrad();
    Tensor g = Autograd.grad(lstm.forward(x).select(1, 1).sum(), x);
    assertThat(g.slice(1, 0, 2).toDoubleArray()).doesNotContain(0);
    assertThat(g.slice(1, 2, 4).toDoubleArray()).containsOnly(0);
  }

  @Test
  void aDetachedStateEndsTheSweep() {
    Recurrent<Tensor> rnn = Recurrent.of(RnnCell.of(1, 2, random));
    Tensor x = Tensor.normal(random, DType.F64, 1, 2, 1).withGrad();
    Tensor state = rnn.run(x).last();
    Tensor rest = Tensor.ones(DType.F64, 1, 1, 1);
    assertThat(Autograd.grad(rnn.run(rest, state).outputs().sum(), x).toDoubleArray())
        .doesNotContain(0);
    Tensor cut = rnn.run(rest, state.detach()).outputs();
    assertThat(cut.nodes()).noneMatch(node -> node.shape().equals(x.shape()));
  }

  // ---------------------------------------------------------------- parameters

  @Test
  void parametersAreThoseOfTheCell() {
    Layer model =
        Sequential.of(
            Recurrent.of(LstmCell.of(3, 2, random)), Recurrent.of(GruCell.of(2, 2, random)));
    assertThat(model.parameters().paths())
        .containsExactly(
            "0.inputWeight",
            "0.hiddenWeight",
            "0.inputBias",
            "0.hiddenBias",
            "1.inputWeight",
            "1.hiddenWeight",
            "1.inputBias",
            "1.hiddenBias");
    assertThat(model.parameters().byPath("0.inputWeight").shape()).isEqualTo(Shape.of(8, 3));
    assertThat(model.parameters().byPath("1.hiddenWeight").shape()).isEqualTo(Shape.of(6, 2));
  }

  @Test
  void startUniformWithinOneOverTheRootOfTheUnits() {
    GruCell cell = GruCell.of(DType.F32, 30, 16, random);
    for (Tensor t :
        List.of(cell.inputWeight(), cell.hiddenWeight(), cell.inputBias(), cell.hiddenBias())) {
      assertThat(t.abs().max().item()).isBetween(0.23, 0.25);
      assertThat(t.dtype()).isEqualTo(DType.F32);
    }
  }

  @Test
  void twoNetworksMayShareACell() {
    Recurrent<Tensor> forth = Recurrent.of(RnnCell.of(3, 2, random));
    Layer both = Concat.of(-1, forth, forth.backwards());
    assertThat(both.parameters().paths()).hasSize(4).allMatch(path -> path.startsWith("0."));
    Layer mapped = both.map(t -> t.mul(2));
    assertThat(((Recurrent<?>) ((Concat) mapped).branches().get(0)).cell())
        .isEqualTo(((Recurrent<?>) ((Concat) mapped).branches().get(1)).cell());
  }

  // ---------------------------------------------------------------- refusals

  @Test
  void refuseSequencesThatDoNotFit() {
    Recurrent<Tensor> rnn = Recurrent.of(RnnCell.of(3, 2, random));
    for (Tensor bad :
        List.of(
            Tensor.zeros(DType.F64, 4, 3),
            Tensor.zeros(DType.F64, 2, 4, 2),
            Tensor.zeros(DType.F64, 2, 0, 3))) {
      assertThatThrownBy(() -> rnn.forward(bad))
          .isInstanceOf(ShapeException.class)
          .hasMessage(
              "Recurrent: the input is "
                  + bad.shape()
                  + " and must be [batch, time, 3] with at least one step");
    }
    assertThatThrownBy(() -> rnn.forward(Tensor.zeros(DType.F32, 2, 4, 3)))
        .isInstanceOf(DTypeException.class);
  }

  @Test
  void refuseStatesThatDoNotFit() {
    Tensor x = Tensor.zeros(DType.F64, 4, 2, 3);
    Tensor bad = Tensor.zeros(DType.F64, 1, 2);
    Tensor good = Tensor.zeros(DType.F64, 4, 2);
    assertThatThrownBy(() -> Recurrent.of(RnnCell.of(3, 2, random)).run(x, bad))
        .isInstanceOf(ShapeException.class)
        .hasMessage("RnnCell: the state is [1, 2] and must be [4, 2], one row per sequence");
    assertThatThrownBy(() -> Recurrent.of(GruCell.of(3, 2, random)).run(x, bad))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("GruCell: the state is [1, 2]");
    Recurrent<LstmCell.State> lstm = Recurrent.of(LstmCell.of(3, 2, random));
    assertThatThrownBy(() -> lstm.run(x, new LstmCell.State(good, bad)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("LstmCell: the memory is [1, 2]");
    assertThatThrownBy(() -> lstm.run(x, new LstmCell.State(bad, good)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("LstmCell: the last output is [1, 2]");
  }

  @Test
  void refuseWeightsThatDoNotFitTogether() {
    Tensor weight = Tensor.zeros(DType.F64, 6, 2);
    Tensor bias = Tensor.zeros(DType.F64, 6);
    assertThat(new GruCell(weight, weight, bias, bias, false).units()).isEqualTo(2);
    assertThatThrownBy(() -> new LstmCell(weight, weight, bias, bias))
        .isInstanceOf(ShapeException.class)
        .hasMessage("LstmCell: the hidden weight is [6, 2] and must be [8, 2]");
    assertThatThrownBy(() -> new GruCell(weight, weight, Tensor.zeros(DType.F64, 2), bias, false))
        .isInstanceOf(ShapeException.class)
        .hasMessage("GruCell: the input bias is [2] and must be [6]");
    assertThatThrownBy(() -> new GruCell(bias, weight, bias, bias, false))
        .isInstanceOf(ShapeException.class)
        .hasMessage("GruCell: the input weight is [6] and must be [3 units, inputs]");
    assertThatThrownBy(() -> new GruCell(weight, weight, bias, Tensor.zeros(DType.F32, 6), false))
        .isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> RnnCell.of(0, 2, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("RnnCell: inputs is 0; it must be at least 1");
  }

  @Test
  void printTheirCell() {
    assertThat(Recurrent.of(LstmCell.of(3, 2, random)))
        .hasToString("Recurrent[LstmCell(3 -> 2, F64)]");
    assertThat(Recurrent.of(GruCell.of(3, 2, random).resettingFirst()).backwards())
        .hasToString("Recurrent[GruCell(3 -> 2, F64, resets first), reversed]");
    assertThat(RnnCell.of(3, 2, random)).hasToString("RnnCell(3 -> 2, F64, tanh)");
  }
}
