package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Sequential;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EmaTest {

  private final Parameter p = Parameter.of("p", Tensor.of(8.0, -8));

  private void set(double first, double second) {
    p.assign(Tensor.of(first, second));
  }

  @Test
  void startsWithTheValuesAndFollowsThem() {
    MovingAverage average = Ema.decay(0.75).over(List.of(p));
    assertThat(average.of(p).toDoubleArray()).containsExactly(8, -8);
    set(0, 8);
    average.update();
    assertThat(average.of(p).toDoubleArray()).containsExactly(6, -4);
    set(2, 0);
    average.update();
    assertThat(average.of(p).toDoubleArray()).containsExactly(5, -3);
    assertThat(average.updates()).isEqualTo(2);
    assertThat(p.toDoubleArray()).containsExactly(2, 0);
  }

  @Test
  void withoutBiasTheFirstValuesHaveNoWeight() {
    MovingAverage average = Ema.decay(0.5).debiased().over(List.of(p));
    double[] values = {3, 7, -2, 5};
    double weighted = 0;
    double weights = 0;
    for (double value : values) {
      set(value, value);
      average.update();
      weighted = 0.5 * weighted + value;
      weights = 0.5 * weights + 1;
      assertThat(average.of(p).item(0)).isCloseTo(weighted / weights, within(1e-14));
    }
  }

  @Test
  void averagesOfAConstantAreThatConstant() {
    for (Ema ema : List.of(Ema.decay(0.999), Ema.decay(0.999).debiased(), Ema.decay(0))) {
      MovingAverage average = ema.over(List.of(p));
      for (int i = 0; i < 100; i++) {
        average.update();
      }
      assertThat(average.of(p).toDoubleArray()).containsExactly(8, -8);
    }
  }

  @Test
  void mapsToTheAveragedModel() {
    Random random = new Random(1);
    Sequential model = Sequential.of(Dense.of(3, 4, random), Tensor::tanh, Dense.of(4, 1, random));
    MovingAverage average = Ema.decay(0.9).over(model.parameters());
    Layer averaged = model.map(average::of);
    assertThat(averaged.parameters().paths()).isEqualTo(model.parameters().paths());
    Tensor x = Tensor.normal(random, DType.F64, 5, 3);
    Tensor y = Tensor.normal(random, DType.F64, 5, 1);
    Tensor start = averaged.forward(x);
    assertThat(start.requiresGrad()).isFalse();
    assertThat(start.toDoubleArray()).isEqualTo(model.forward(x).toDoubleArray());
    Optimizer adam = Adam.lr(0.1).over(model.parameters());
    for (int i = 0; i < 5; i++) {
      adam.minimize(() -> Losses.mse(model.forward(x), y));
      average.update();
    }
    double before = Losses.mse(start, y).item();
    double between = Losses.mse(averaged.forward(x), y).item();
    double after = Losses.mse(model.forward(x), y).item();
    assertThat(between).isStrictlyBetween(after, before);

    model.parameters().load(averaged.parameters().snapshot());
    assertThat(model.forward(x).toDoubleArray()).isEqualTo(averaged.forward(x).toDoubleArray());
  }

  @Test
  void otherTensorsAreThemselves() {
    MovingAverage average = Ema.decay(0.9).over(List.of(p));
    Parameter other = Parameter.of("other", Tensor.scalar(1));
    Tensor constant = Tensor.scalar(1);
    assertThat(average.of(other)).isSameAs(other);
    assertThat(average.of(constant)).isSameAs(constant);
    assertThat(average.of(p).name()).isEqualTo("p");
  }

  @Test
  void worksInThePrecisionOfItsParameters() {
    Parameter small = Parameter.of("small", Tensor.of(1f));
    MovingAverage average = Ema.decay(0.9).over(List.of(small));
    small.assign(Tensor.of(2f));
    average.update();
    assertThat(average.of(small).dtype()).isEqualTo(DType.F32);
    assertThat(average.of(small).item(0)).isEqualTo(1f + 1f * (float) (1 - 0.9));
  }

  @Test
  void goesOnBitForBitWhereItsStateWasTaken() {
    for (Ema ema : List.of(Ema.decay(0.9), Ema.decay(0.9).debiased())) {
      Random random = new Random(5);
      MovingAverage average = ema.over(List.of(p));
      for (int i = 0; i < 3; i++) {
        set(random.nextGaussian(), random.nextGaussian());
        average.update();
      }
      Map<String, Tensor> state = average.state();
      MovingAverage resumed = ema.over(List.of(p));
      resumed.update();
      resumed.load(state);
      for (int i = 0; i < 3; i++) {
        set(random.nextGaussian(), random.nextGaussian());
        average.update();
        resumed.update();
      }
      assertThat(resumed.updates()).isEqualTo(6);
      assertThat(resumed.of(p).toDoubleArray()).isEqualTo(average.of(p).toDoubleArray());
    }
  }

  @Test
  void stateThatDoesNotFitChangesNothing() {
    MovingAverage average = Ema.decay(0.5).over(List.of(p));
    Map<String, Tensor> state = new LinkedHashMap<>(average.state());
    assertThat(state.keySet()).containsExactly("updates", "p.average");
    state.put("updates", Tensor.scalar(3));
    state.put("p.average", Tensor.scalar(1));
    assertThatThrownBy(() -> average.load(state)).isInstanceOf(ShapeException.class);
    assertThat(average.updates()).isZero();
  }

  @Test
  void refusesNothingToAverageAndDecaysOutOfRange() {
    assertThatThrownBy(() -> Ema.decay(0.9).over(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("over: there are no parameters to average");
    assertThatThrownBy(() -> Ema.decay(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Ema: decay is 1.0; it must be at least 0 and below 1");
  }
}
