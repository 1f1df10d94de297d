package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import dev.autograd.kernel.scalar.PlainBackend;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackendsTest {

  @ParameterizedTest
  @EnumSource
  void everyTypeMoves(DType dtype) {
    assertThat(Backends.movement(dtype)).isNotNull().isSameAs(Backends.movement(dtype));
  }

  @ParameterizedTest
  @EnumSource
  void floatingTypesHaveArithmetic(DType dtype) {
    if (dtype.isFloating()) {
      Kernels<Object> kernels = Backends.kernels(dtype);
      assertThat(kernels).isNotNull().isSameAs(Backends.movement(dtype));
    } else {
      assertThatThrownBy(() -> Backends.kernels(dtype))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(dtype + " has no arithmetic; use F32 or F64");
    }
  }

  @Test
  void plainJavaIsTheGround() {
    assertThat(Backends.description()).endsWith("plain");
    PlainBackend plain = new PlainBackend();
    assertThat(plain.name()).isEqualTo("plain");
    assertThat(plain.level()).isZero();
    assertThatThrownBy(() -> plain.kernels(DType.BOOL, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void plainJavaIsFoundAsAService() {
    assertThat(ServiceLoader.load(Backend.class, Backends.class.getClassLoader()))
        .hasAtLeastOneElementOfType(PlainBackend.class);
  }
}
