package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Graphs as lists of nodes and as text. */
class ListingTest {

  private static Tensor leaf(double... values) {
    return Tensor.of(values).withGrad();
  }

  @Nested
  class Reachable {

    @Test
    void listsEveryNodeOnceAfterItsOperandsAndTheRootLast() {
      Tensor x = leaf(1, 2);
      Tensor a = x.sin();
      Tensor b = a.mul(x);
      Tensor y = b.add(a).sum();
      assertThat(Listing.reachable(y.vertex()))
          .containsExactly(x.vertex(), a.vertex(), b.vertex(), node(y).inputs().get(0), y.vertex());
    }

    @Test
    void ofALeafIsTheLeaf() {
      Tensor x = leaf(1);
      assertThat(x.nodes()).containsExactly(x.vertex());
    }

    @Test
    void ofAnUntrackedTensorIsNothing() {
      assertThat(Tensor.scalar(1).nodes()).isEmpty();
    }

    @Test
    void followsConstantsToo() {
      Tensor y = leaf(1).mul(Tensor.of(2.0));
      assertThat(y.nodes()).extracting(Node::op).containsExactly("leaf", "constant", "mul");
    }

    @Test
    void takesTimeLinearInTheGraphHoweverManyWaysThereAre() {
      Tensor y = leaf(1);
      for (int i = 0; i < 64; i++) {
        y = y.add(y);
      }
      assertThat(y.nodes()).hasSize(65);
    }

    @Test
    void isInTheOrderOfTheOperands() {
      Tensor a = leaf(1).named("a");
      Tensor b = leaf(2).named("b");
      assertThat(b.sub(a).nodes()).extracting(Node::name).containsExactly("b", "a", "");
    }

    private Node node(Tensor t) {
      return t.vertex();
    }
  }

  @Nested
  class WithInputs {

    @Test
    void putsOperandsBeforeTheOperationThatUsesThemFirst() {
      Tensor x = leaf(1).named("x");
      Tape tape = Tape.open();
      Tensor y = x.mul(2).mul(x);
      tape.close();
      assertThat(Listing.withInputs(tape.nodes()))
          .extracting(Node::op)
          .containsExactly("leaf", "constant", "mul", "mul");
      assertThat(Listing.withInputs(tape.nodes())).last().isSameAs(y.vertex());
    }
  }

  @Nested
  class DependsOnOthers {

    private final Tensor x = leaf(1);

    @Test
    void isFalseForTheVariableAlone() {
      assertThat(Listing.dependsOnOthers(x, x)).isFalse();
      assertThat(Listing.dependsOnOthers(x.mul(2).add(x), x)).isFalse();
    }

    @Test
    void isFalseForWhatIsNotTracked() {
      assertThat(Listing.dependsOnOthers(Tensor.scalar(1), x)).isFalse();
    }

    @Test
    void isTrueForAnotherLeafOrParameter() {
      assertThat(Listing.dependsOnOthers(x.mul(leaf(2)), x)).isTrue();
      assertThat(Listing.dependsOnOthers(x.add(Parameter.of("w", Tensor.of(2.0))), x)).isTrue();
      assertThat(Listing.dependsOnOthers(leaf(2), x)).isTrue();
    }

    @Test
    void isFalseForAFrozenParameterAndForWhatTheVariableWasMadeFrom() {
      Parameter frozen = Parameter.of("w", Tensor.of(2.0));
      frozen.freeze();
      Tensor variable = leaf(3).mul(2);
      assertThat(Listing.dependsOnOthers(variable.mul(frozen), variable)).isFalse();
    }
  }

  @Nested
  class Text {

    @Test
    void hasALinePerNodeInColumns() {
      Parameter w = Parameter.of("W", Tensor.ones(DType.F64, 3, 2));
      Tensor x = Tensor.ones(DType.F64, 4, 3);
      Tensor y = x.matmul(w).mul(0.5).named("Z").sum(0).clamp(0, 1);
      assertThat(Listing.print(y.nodes()))
          .isEqualTo(
              """
              %0  constant                     F64[4, 3]
              %1  parameter                    F64[3, 2]  "W"
              %2  matmul(%0, %1)               F64[4, 2]
              %3  constant(value=0.5)          F64[]
              %4  mul(%2, %3)                  F64[4, 2]  "Z"
              %5  sum(%4, axes=[0])            F64[2]
              %6  clamp(%5, min=0.0, max=1.0)  F64[2]
              """);
    }

    @Test
    void alignsTheNumbers() {
      Tensor y = leaf(1);
      for (int i = 0; i < 10; i++) {
        y = y.neg();
      }
      assertThat(Listing.print(y.nodes()).lines())
          .hasSize(11)
          .startsWith(" %0  leaf     F64[1]", " %1  neg(%0)  F64[1]")
          .endsWith("%10  neg(%9)  F64[1]");
    }

    @Test
    void ofTenNodesNumbersThemWithOneDigit() {
      Tensor y = leaf(1);
      for (int i = 0; i < 9; i++) {
        y = y.neg();
      }
      assertThat(Listing.print(y.nodes()).lines()).hasSize(10).allMatch(l -> l.startsWith("%"));
    }

    @Test
    void fillsUpToFortyEightCharactersAndNotToOneMore() {
      Tensor x = leaf(1);
      String name = "n".repeat(48 - "(%0)".length());
      Tensor widest = Tensor.custom(name, x.detach(), x, g -> g);
      assertThat(Listing.print(widest.nodes()).lines())
          .first()
          .isEqualTo("%0  leaf" + " ".repeat(44) + "  F64[1]");
      Tensor wider = Tensor.custom(name + "n", x.detach(), x, g -> g);
      assertThat(Listing.print(wider.nodes()).lines()).first().isEqualTo("%0  leaf  F64[1]");
    }

    @Test
    void marksOperandsThatAreNotListed() {
      Tensor y = leaf(1).neg();
      assertThat(Listing.print(List.of(y.vertex()))).isEqualTo("%0  neg(?)  F64[1]\n");
    }

    @Test
    void doesNotFillUpToOneVeryLongLine() {
      Tensor x = leaf(1);
      Tensor joined = Tensor.concat(0, Collections.nCopies(60, x));
      assertThat(Listing.print(joined.nodes()).lines()).first().isEqualTo("%0  leaf  F64[1]");
    }

    @Test
    void keepsLabelsWithLineBreaksOnOneLine() {
      Tensor y = leaf(1).named("a\nb\tc");
      assertThat(Listing.print(y.nodes())).isEqualTo("%0  leaf  F64[1]  \"a b c\"\n");
    }

    @Test
    void ofNothingIsEmpty() {
      assertThat(Listing.print(List.of())).isEmpty();
    }
  }
}
