package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.DTypeException;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuffersTest {

  private final Buffer mean = Buffer.of("mean", Tensor.of(1.0, 2));
  private final Buffer count = Buffer.of("count", Tensor.scalar(7f));

  /** A composite of a user, which lists its children as parameters and forgets about buffers. */
  private record Wrapping(Layer inner) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      return inner.forward(x);
    }

    @Override
    public Parameters parameters() {
      return Parameters.none().and("outer", Parameters.none().and("inner", inner));
    }
  }

  @Test
  void valuesAreCopiesThatDoNotChange() {
    double[] numbers = {1, 2};
    Buffer buffer = Buffer.of("b", Tensor.wrap(Shape.of(2), numbers));
    Tensor first = buffer.value();
    numbers[0] = 9;
    buffer.assign(Tensor.of(3.0, 4));
    assertThat(first.toDoubleArray()).containsExactly(1, 2);
    assertThat(buffer.value().toDoubleArray()).containsExactly(3, 4);
  }

  @Test
  void valuesAreConstantsWithoutATape() {
    Parameter p = Parameter.of("p", Tensor.of(1.0, 2));
    Tape.scope(() -> mean.assign(p.mul(2)));
    assertThat(mean.value().toDoubleArray()).containsExactly(2, 4);
    assertThat(mean.value().requiresGrad()).isFalse();
  }

  @Test
  void assignRefusesOtherShapesAndTypes() {
    assertThatThrownBy(() -> mean.assign(Tensor.of(1.0)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("assign: \"mean\" is [2] and the given value [1]; nothing was changed");
    assertThatThrownBy(() -> mean.assign(Tensor.of(1f, 2f)))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("convert it with to(F64)");
    assertThatThrownBy(() -> Buffer.of("b", Tensor.indices(1))).isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> Buffer.of("", Tensor.scalar(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the name is empty");
  }

  @Test
  void areListedByPathEachOnce() {
    Buffers buffers =
        Buffers.of(count).and("a", Buffers.of(mean)).and("b", Buffers.of(mean, count));
    assertThat(buffers.paths()).containsExactly("count", "a.mean");
    assertThat(buffers.byPath("a.mean")).isSameAs(mean);
    assertThat(buffers).containsExactly(count, mean);
    assertThat(buffers.toString()).isEqualTo("count F32[]%na.mean F64[2]%n2 buffers".formatted());
    assertThatThrownBy(() -> buffers.byPath("mean"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("byPath: there is no buffer \"mean\"; there are [count, a.mean]");
  }

  @Test
  void stateOfARunIsMarkedAndStaysSo() {
    Buffer passes = Buffer.ofRun("passes", Tensor.scalar(3));
    assertThat(passes.isRunState()).isTrue();
    assertThat(mean.isRunState()).isFalse();
    Buffer copy = passes.copy(DType.F32);
    assertThat(copy.isRunState()).isTrue();
    assertThat(copy.value().dtype()).isEqualTo(DType.F32);
    copy.assign(Tensor.scalar(4f));
    assertThat(passes.value().item()).isEqualTo(3);
  }

  @Test
  void onePathIsOneBuffer() {
    Buffer other = Buffer.of("mean", Tensor.scalar(1));
    assertThatThrownBy(() -> Buffers.of(mean, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two different ones have the path \"mean\"");
    assertThatThrownBy(() -> Buffers.none().and("", Buffers.of(mean)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void areFoundInACompositeThatListsItsChildren() {
    Layer model = Sequential.of(new Wrapping(BatchNorm.of(1)));
    assertThat(model.buffers().paths())
        .containsExactly("0.outer.inner.runningMean", "0.outer.inner.runningVariance");
    assertThat(new Wrapping(Tensor::tanh).buffers().size()).isZero();
  }

  /** Returns values with a good one first, which must not be taken over if a later one is bad. */
  private static Map<String, Tensor> goodAnd(Map<String, Tensor> others) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    values.put("mean", Tensor.of(5.0, 6));
    values.putAll(others);
    return values;
  }

  @Test
  void loadChangesAllOrNothing() {
    Buffers buffers = Buffers.of(mean, count);
    Tensor seven = Tensor.scalar(7f);
    for (Map<String, Tensor> bad :
        List.of(
            goodAnd(Map.of()),
            goodAnd(Map.of("count", seven, "more", seven)),
            goodAnd(Map.of("count", Tensor.scalar(1.0))),
            goodAnd(Map.of("count", Tensor.of(1f, 2f))))) {
      assertThatThrownBy(() -> buffers.load(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("load: ")
          .hasMessageEndingWith("nothing was changed");
      assertThat(mean.value().toDoubleArray()).containsExactly(1, 2);
    }
    buffers.load(goodAnd(Map.of("count", Tensor.scalar(8f))));
    assertThat(mean.value().toDoubleArray()).containsExactly(5, 6);
    assertThat(count.value().dtype()).isEqualTo(DType.F32);
    assertThat(count.value().item()).isEqualTo(8);
  }
}
