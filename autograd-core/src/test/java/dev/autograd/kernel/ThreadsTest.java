package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {

  @Test
  void thereAreAsManyAsProcessorsOrAsAskedFor() {
    String asked = System.getProperty("autograd.threads");
    int processors = Runtime.getRuntime().availableProcessors();
    assertThat(Threads.count()).isEqualTo(asked == null ? processors : Integer.parseInt(asked));
    assertThat(Threads.parse("1")).isEqualTo(1);
    assertThat(Threads.parse(" 256 ")).isEqualTo(256);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "257", "2.5", "two", "9999999999"})
  void whatIsNoNumberOfThreadsIsRefused(String property) {
    assertThatThrownBy(() -> Threads.parse(property))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "autograd.threads: \""
                + property
                + "\" is no number of threads; it must be a whole number from 1 to 256, or absent"
                + " for one per processor");
  }
}
