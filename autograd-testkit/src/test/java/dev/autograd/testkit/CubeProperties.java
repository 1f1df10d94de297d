package dev.autograd.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.check.GradientCheck;
import dev.autograd.check.Verdict;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CubeProperties {

  /** The operation under test: yours. */
  static Tensor cube(Tensor x) {
    return Tensor.custom("cube", x.map(v -> v * v * v), x, g -> g.chain(x.square().mul(3)));
  }

  @Provide
  Arbitrary<Tensor> operands() {
    return Shapes.upTo(3, 4).flatMap(shape -> Tensors.of(Values.everywhere(), shape));
  }

  @Property(tries = 50)
  void derivativesAreThoseOfDifferences(@ForAll("operands") Tensor x) {
    GradientCheck.of(CubeProperties::cube).at(x).order(2).assertPasses();
  }

  @Provide
  Arbitrary<RandomGraph> graphs() {
    GraphOp cube = GraphOp.unary("cube", "CubeProperties.cube(a)", CubeProperties::cube);
    return Graphs.of(Vocabulary.standard().with(cube), 20, 60);
  }

  @Property(tries = 20)
  void graphsWithItAreDifferentiable(@ForAll("graphs") RandomGraph graph) {
    GradientCheck.ofList(graph::loss)
        .at(graph.variables())
        .order(2)
        .allowing(Verdict.TOO_NOISY) // a long graph may be flat at some variable
        .assertPasses();
  }

  @Provide
  Arbitrary<List<Tensor>> pairs() {
    return Tensors.broadcastable(Values.everywhere(), 3, 4);
  }

  @Property(tries = 50)
  void theCubeOfAProductIsTheProductOfCubes(@ForAll("pairs") List<Tensor> pair) {
    Tensor a = pair.get(0);
    Tensor b = pair.get(1);

    assertThat(cube(a.mul(b)).allClose(cube(a).mul(cube(b)), 1e-12, 0)).isTrue();
  }
}
