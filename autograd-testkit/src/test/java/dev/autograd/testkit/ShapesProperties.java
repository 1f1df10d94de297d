package dev.autograd.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

class ShapesProperties {

  @Provide
  Arbitrary<Shape> shapes() {
    return Shapes.upTo(3, 4);
  }

  @Property
  void keepTheirBounds(@ForAll("shapes") Shape shape) {
    assertThat(shape.rank()).isLessThanOrEqualTo(3);
    assertThat(Arrays.stream(shape.toArray())).allMatch(dim -> dim >= 1 && dim <= 4);
  }

  @Provide
  Arbitrary<ShapePair> pairs() {
    return Shapes.broadcastable(3, 4);
  }

  /** The library decides what broadcasts, and all the ways of it occur. */
  @Property
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void pairsBroadcast(@ForAll("pairs") ShapePair pair) {
    Tensor sum = zeros(pair.left()).add(zeros(pair.right()));

    assertThat(sum.shape()).isEqualTo(pair.common());
    Statistics.label("left grows").collect(pair.left().size() < pair.common().size());
    Statistics.label("right grows").collect(pair.right().size() < pair.common().size());
    Statistics.label("ranks differ").collect(pair.left().rank() != pair.right().rank());
    Statistics.label("left grows").coverage(c -> c.check(true).percentage(p -> p > 15));
    Statistics.label("right grows").coverage(c -> c.check(true).percentage(p -> p > 15));
    Statistics.label("ranks differ").coverage(c -> c.check(true).percentage(p -> p > 15));
  }

  private static Tensor zeros(Shape shape) {
    return Tensor.zeros(DType.F64, shape.toArray());
  }
}
