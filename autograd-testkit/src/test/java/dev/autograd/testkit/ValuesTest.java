package dev.autograd.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Arithmetic;
import dev.autograd.Domain;
import dev.autograd.Elementwise;
import dev.autograd.Tensor;
import dev.autograd.Trigonometry;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValuesTest {

  private static final Shape MANY = Shape.of(10, 10);

  @Test
  void stayInsideTheDomainOfAnOperation() throws NoSuchMethodException {
    Domain positive = Elementwise.class.getMethod("log").getAnnotation(Domain.class);

    assertThat(draw(Values.in(positive))).allMatch(x -> x > 0.1 && x <= 2);
  }

  @Test
  void keepAwayFromPolesThatRecur() throws NoSuchMethodException {
    Domain poles = Trigonometry.class.getMethod("tan").getAnnotation(Domain.class);

    assertThat(draw(Values.in(poles))).allMatch(x -> Math.abs(Math.cos(x)) > 0.1);
  }

  @Test
  void keepAwayFromKinks() throws NoSuchMethodException {
    Domain kink = Arithmetic.class.getMethod("abs").getAnnotation(Domain.class);

    assertThat(draw(Values.in(kink).awayFrom(1))).allMatch(x -> Math.abs(x) > 0.1);
    assertThat(draw(Values.in(kink).awayFrom(1))).allMatch(x -> Math.abs(x - 1) > 0.1);
  }

  @Test
  void differAndAreExactInSinglePrecision() {
    List<Double> values = draw(Values.everywhere());

    assertThat(values).doesNotHaveDuplicates().allMatch(x -> x == (float) (double) x);
    assertThat(values).anyMatch(x -> x < -1.5).anyMatch(x -> x > 1.5);
  }

  @Test
  void sayWhenThereAreTooMany() {
    assertThatThrownBy(() -> Values.everywhere().draw(new Random(1), Shape.of(1000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "values: 1000 elements were asked for, and there are 400 numbers of this domain far"
                + " enough apart; use smaller shapes");
  }

  private static List<Double> draw(Values values) {
    Tensor drawn = values.draw(new Random(1), MANY).get(0);
    return Arrays.stream(drawn.toDoubleArray()).boxed().toList();
  }
}
