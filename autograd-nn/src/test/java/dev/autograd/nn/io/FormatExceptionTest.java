package dev.autograd.nn.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormatExceptionTest {

  @Test
  void isOneLine() {
    assertThat(new FormatException("a\nb.npy, byte 3", "is\r\n\u2028wrong"))
        .hasMessage("a b.npy, byte 3: is wrong");
  }

  @Test
  void quotesStayOnOneLine() {
    assertThat(FormatException.quote("a\r\nb\tc")).isEqualTo("\"a b c\"");
  }

  @Test
  void quotesStayShort() {
    assertThat(FormatException.quote("x".repeat(40))).isEqualTo('"' + "x".repeat(40) + '"');
    assertThat(FormatException.quote("x".repeat(41))).isEqualTo('"' + "x".repeat(37) + "...\"");
  }
}
