package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InspectionTest {

  private final Tensor x = Tensor.of(1.0, 2).withGrad();

  @Nested
  class Intercepting {

    @Test
    void showsEveryRecordedOperationInOrder() {
      List<String> seen = new ArrayList<>();
      Tensor y =
          Inspection.intercept(
              (operation, operands, result) -> {
                seen.add(operation.op() + " of " + operation.inputs().size());
                assertThat(result.requiresGrad()).isTrue();
                return result;
              },
              () -> x.sin().mul(x).sum());
      assertThat(seen).containsExactly("sin of 1", "mul of 2", "sum of 1");
      assertThat(y.item()).isEqualTo(x.sin().mul(x).sum().item());
    }

    @Test
    void seesNothingThatIsNotRecorded() {
      List<String> seen = new ArrayList<>();
      Inspection.intercept(
          (operation, operands, result) -> {
            seen.add(operation.op());
            return result;
          },
          () -> {
            x.detach().sin();
            return Autograd.noGrad(() -> x.cos());
          });
      assertThat(seen).isEmpty();
    }

    @Test
    void putsAnotherResultInPlace() {
      Tensor y =
          Inspection.intercept(
              (operation, operands, result) ->
                  operation.op().equals("sin") ? result.mul(10) : result,
              () -> x.sin().add(1));
      assertThat(y.item(0)).isEqualTo(10 * Math.sin(1) + 1);
      y.sum().backward();
      assertThat(x.grad().item(0)).isEqualTo(10 * Math.cos(1));
    }

    @Test
    void doesNotSeeWhatTheInterceptorComputes() {
      List<String> seen = new ArrayList<>();
      Inspection.intercept(
          (operation, operands, result) -> {
            seen.add(operation.op());
            return result.mul(1);
          },
          () -> x.sin());
      assertThat(seen).containsExactly("sin");
    }

    @Test
    void seesTheOperationsOfRecordedSweeps() {
      List<String> seen = new ArrayList<>();
      Tensor y = x.sin().sum();
      Inspection.intercept(
          (operation, operands, result) -> {
            seen.add(operation.op());
            return result;
          },
          () -> Autograd.grad(y, x, GradOptions.createGraph()));
      assertThat(seen).contains("cos");
    }

    @Test
    void nests() {
      List<String> seen = new ArrayList<>();
      Interceptor outer =
          (operation, operands, result) -> {
            seen.add("outer " + operation.op());
            return result;
          };
      Interceptor inner =
          (operation, operands, result) -> {
            seen.add("inner " + operation.op());
            return result;
          };
      Inspection.intercept(
          outer, () -> Inspection.intercept(inner, () -> x.sin()).add(Tensor.of(1.0, 1)));
      assertThat(seen).containsExactly("inner sin", "outer add");
    }

    @Test
    void endsWithTheCodeAlsoIfThatThrows() {
      assertThatThrownBy(
              () ->
                  Inspection.intercept(
                      (operation, operands, result) -> {
                        throw new UnsupportedOperationException("mine");
                      },
                      () -> x.sin()))
          .hasMessage("mine");
      assertThat(x.sin().item(0)).isEqualTo(Math.sin(1));
    }

    @Test
    void refusesAnotherShapeOrType() {
      assertThatThrownBy(() -> Inspection.intercept((op, operands, y) -> y.sum(), () -> x.sin()))
          .isInstanceOf(ShapeException.class)
          .hasMessage(
              "sin: an interceptor replaced the result [2] by one of shape []; keep the shape");
      assertThatThrownBy(
              () -> Inspection.intercept((op, operands, y) -> y.to(DType.F32), () -> x.sin()))
          .isInstanceOf(DTypeException.class)
          .hasMessage("sin: an interceptor replaced the F64 result by one of F32; keep the type");
    }
  }

  @Nested
  class GoingThroughStops {

    private final List<String> stops = new ArrayList<>();

    @Test
    void differentiatesWhatIsDetached() {
      Tensor y = Inspection.throughStops(stops::add, () -> x.mul(x.detach()).sum());
      y.backward();
      assertThat(x.grad().toDoubleArray()).containsExactly(2, 4);
      assertThat(stops).hasSize(1);
      assertThat(stops.get(0)).contains("InspectionTest").contains("(InspectionTest.java:");
    }

    @Test
    void recordsWhatIsNotToBeRecorded() {
      Tensor y = Inspection.throughStops(stops::add, () -> Autograd.noGrad(() -> x.square()).sum());
      y.backward();
      assertThat(x.grad().toDoubleArray()).containsExactly(2, 4);
      assertThat(stops).hasSize(1);
    }

    @Test
    void tellsNothingOfConstants() {
      Inspection.throughStops(stops::add, () -> Tensor.scalar(1).detach());
      assertThat(stops).isEmpty();
    }

    @Test
    void leavesValuesOfCustomOperationsValues() {
      Tensor y =
          Inspection.throughStops(
              stops::add,
              () -> Tensor.custom("sin", x.detach().sin(), x, g -> g.mul(x.cos())).sum());
      y.backward();
      assertThat(x.grad().item(0)).isEqualTo(Math.cos(1));
    }

    @Test
    void endsWithTheCodeAlsoIfThatThrows() {
      assertThatThrownBy(
              () ->
                  Inspection.throughStops(
                      stops::add,
                      () -> {
                        throw new UnsupportedOperationException("mine");
                      }))
          .hasMessage("mine");
      assertThat(x.detach().requiresGrad()).isFalse();
      assertThat(Autograd.noGrad(() -> x.sin()).requiresGrad()).isFalse();
    }
  }

  @Test
  void sourceLineIsTheUsers() {
    assertThat(Inspection.sourceLine())
        .startsWith("dev.autograd.InspectionTest.sourceLineIsTheUsers(InspectionTest.java:");
  }
}
