package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.DTypeException;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the check says about inputs, outputs and places, to the letter. */
class MessagesTest {

  private static final Tensor X = Tensor.of(new double[][] {{1, 2}, {3, 4}});

  private static final Block BLOCK =
      new Block("w", "\"w\"", Shape.of(2, 2), Precision.DOUBLE, 1, 2, 3, 4);

  @Test
  void blocksKnowNameLabelShapePrecisionAndValues() {
    List<Block> blocks = Inputs.blocks(List.of(X.named("w"), X.to(DType.F32)));
    assertThat(blocks).extracting(Block::name).containsExactly("w", "");
    assertThat(blocks).extracting(Block::label).containsExactly("\"w\"", "input 1");
    assertThat(blocks).extracting(Block::shape).containsOnly(Shape.of(2, 2));
    assertThat(blocks)
        .extracting(Block::precision)
        .containsExactly(Precision.DOUBLE, Precision.SINGLE);
    assertThat(blocks.get(0).values()).containsExactly(1, 2, 3, 4);
    assertThat(blocks.get(0).largest()).isEqualTo(4);
  }

  @Test
  void aTwinIsTheSameInDoublePrecision() {
    Block twin = Inputs.blocks(List.of(X.to(DType.F32).named("w"))).get(0).twin();
    assertThat(twin.name()).isEqualTo("w");
    assertThat(twin.label()).isEqualTo("\"w\"");
    assertThat(twin.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(twin.precision()).isEqualTo(Precision.DOUBLE);
    assertThat(twin.values()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void inputsOfIntegersAreRefused() {
    assertThatThrownBy(() -> Inputs.blocks(List.of(X, Tensor.indices(1, 2))))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "gradient check: input 1 [2] is I32, which has no derivative; let the function close"
                + " over it instead: of(x -> f(x, indices)).at(x)");
  }

  @Test
  void inputsThatAreNotFiniteAreRefused() {
    Tensor bad = Tensor.of(new double[][] {{1, 2}, {3, Double.NaN}}).named("w");
    assertThatThrownBy(() -> Inputs.blocks(List.of(bad)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "gradient check: \"w\" is NaN at [1, 1]; there is no difference around it, choose"
                + " finite inputs");
  }

  @Test
  void inputsThatTheFunctionChangesAreNamed() {
    assertThat(Inputs.changed(BLOCK, 2, 3, 5))
        .hasMessage(
            "gradient check: the function changes its inputs: \"w\" [1, 0] was 3.0 before it ran"
                + " and is 5.0 now; it must leave them as they are, keep updates out of it");
  }

  @Test
  void parametersAreTakenOnceInOrder() {
    Parameter a = Parameter.of("a", X);
    Parameter b = Parameter.of("b", X);
    assertThat(Inputs.parameters(List.of(b, a, b))).containsExactly(b, a);
  }

  @Test
  void whatIsNoParameterOrFrozenIsRefused() {
    Parameter a = Parameter.of("a", X);
    assertThatThrownBy(() -> Inputs.parameters(List.of(a, X)))
        .hasMessage(
            "gradient check: input 1 [2, 2] is no Parameter, and a function without arguments reads"
                + " the same tensor whatever value is tried; pass it as an argument, of(x ->"
                + " ...).at(x), or make it a Parameter");
    a.freeze();
    assertThatThrownBy(() -> Inputs.parameters(List.of(a)))
        .hasMessage(
            "gradient check: parameter \"a\" is frozen and gets no gradient; unfreeze() it or leave"
                + " it out");
  }

  @Test
  void placesAreWords() {
    assertThat(Place.GIVEN).hasToString("at the given inputs");
    assertThat(Place.moved(BLOCK, 3, 0.5)).hasToString("with \"w\" [1, 1] moved from 4.0 to 4.5");
    assertThat(Place.moved(BLOCK, 0, 0.5)).hasToString("with \"w\" [0, 0] moved from 1.0 to 1.5");
    assertThat(Place.along(BLOCK, 0.5))
        .hasToString("with \"w\" moved by 0.5 of itself in a random direction");
  }

  @Test
  void outputsOfOneShapeAreReadAndNamed() {
    Outputs outputs = new Outputs();
    assertThatIllegalStateException()
        .isThrownBy(outputs::shape)
        .withMessage("the function has not run yet");
    assertThat(outputs.elements(X, Place.GIVEN)).containsExactly(1, 2, 3, 4);
    assertThat(outputs.elements(X.mul(2), Place.along(BLOCK, 1))).containsExactly(2, 4, 6, 8);
    assertThat(outputs.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(outputs.label(2)).isEqualTo("output [1, 0]");
    assertThatThrownBy(() -> outputs.elements(X.sum(), Place.moved(BLOCK, 0, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "gradient check: the output has shape [2, 2] at the given inputs and [] with \"w\""
                + " [0, 0] moved from 1.0 to 2.0; a function whose output shape depends on the"
                + " values has no derivative there");
  }

  @Test
  void outputsOfIntegersAreRefused() {
    assertThatThrownBy(() -> new Outputs().elements(Tensor.indices(1), Place.GIVEN))
        .isInstanceOf(DTypeException.class)
        .hasMessage("gradient check: the output is I32, which has no derivative");
  }

  @Test
  void outputsThatAreNotFiniteAreRefusedAtTheInputsAndUndefinedElsewhere() {
    Tensor bad = Tensor.of(1.0, Double.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> new Outputs().elements(bad, Place.GIVEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "gradient check: output [1] is -Infinity at the given inputs; the function must be"
                + " finite at the inputs, choose them inside its domain");
    assertThatThrownBy(() -> new Outputs().elements(bad, Place.along(BLOCK, 1)))
        .isInstanceOf(Undefined.class)
        .hasMessage(
            "gradient check: output [1] is -Infinity with \"w\" moved by 1.0 of itself in a random"
                + " direction");
  }

  @Test
  void aFunctionThatIsNotRepeatableIsExplained() {
    assertThat(DifferenceCheck.notRepeatable("output [1]", "two runs", 1, 2))
        .hasMessage(
            "gradient check: the function is not repeatable: output [1] was 1.0 and 2.0 in two runs"
                + " at the same inputs; it must use no random numbers, or start their generator"
                + " anew each time, or draw their seed through Replay.draw, and must not change"
                + " what it reads");
  }
}
