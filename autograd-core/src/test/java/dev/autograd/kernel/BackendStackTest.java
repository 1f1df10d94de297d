package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import dev.autograd.kernel.scalar.PlainBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BackendStackTest {

  private final List<String> asked = new ArrayList<>();

  /** Passes everything through and says that it was asked. */
  private class Recording implements Backend {

    private final String name;
    private final int level;

    Recording(String name, int level) {
      this.name = name;
      this.level = level;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int level() {
      return level;
    }

    @Override
    public Kernels<?> kernels(DType dtype, @Nullable Kernels<?> below) {
      asked.add(name + " " + dtype + (below == null ? " at the bottom" : ""));
      return below == null ? new PlainBackend().kernels(dtype, null) : below;
    }

    @Override
    public Movement<?> movement(DType dtype, @Nullable Movement<?> below) {
      asked.add(name + " " + dtype + (below == null ? " at the bottom" : ""));
      return below == null ? new PlainBackend().movement(dtype, null) : below;
    }
  }

  private final List<Backend> found =
      List.of(new Recording("native", 20), new Recording("ground", 0), new Recording("vector", 10));

  @Test
  void levelsAscend() {
    BackendStack stack = BackendStack.of(found, null);
    assertThat(stack.kernels(DType.F32)).isNotNull();
    assertThat(stack.movement(DType.I64)).isNotNull();
    assertThat(asked)
        .containsExactly(
            "ground F32 at the bottom",
            "vector F32",
            "native F32",
            "ground I64 at the bottom",
            "vector I64",
            "native I64");
    assertThat(stack.description()).isEqualTo("native, vector, ground");
  }

  @Test
  void aNameLimitsTheStackToItselfAndThoseBelow() {
    assertThat(BackendStack.of(found, "native").description()).isEqualTo("native, vector, ground");
    assertThat(BackendStack.of(found, "vector").description()).isEqualTo("vector, ground");
    assertThat(BackendStack.of(found, "ground").description()).isEqualTo("ground");
  }

  @Test
  void whatCannotBeUsedIsReportedAndLeftOut() {
    List<Backend> withBroken = new ArrayList<>(found);
    withBroken.add(
        new Recording("broken", 30) {
          @Override
          public Optional<String> obstacle() {
            return Optional.of("its library is missing");
          }
        });
    List<String> reports = new ArrayList<>();
    BackendStack usable =
        BackendStack.of(withBroken, null)
            .usable((backend, reason) -> reports.add(backend.name() + ": " + reason));
    assertThat(usable.description()).isEqualTo("native, vector, ground");
    assertThat(reports).containsExactly("broken: its library is missing");
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> BackendStack.of(found, "cuda"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "autograd.backend: there is no back end named \"cuda\"; known are ground, vector,"
                + " native");
  }

  @Test
  void anEmptyStackSaysWhatIsMissing() {
    BackendStack empty = BackendStack.of(List.of(), null);
    assertThatThrownBy(() -> empty.kernels(DType.F64))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not even plain Java");
    assertThatThrownBy(() -> empty.movement(DType.I32)).isInstanceOf(IllegalStateException.class);
  }
}
