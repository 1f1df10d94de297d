package dev.autograd.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.Shape;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

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
}
