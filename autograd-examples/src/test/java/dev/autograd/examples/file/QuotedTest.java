package dev.autograd.examples.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTest {

  @Test
  void staysOnOneLine() {
    assertThat(Quoted.of("a\r\nb\tc")).isEqualTo("\"a b c\"");
  }

  @Test
  void staysShort() {
    assertThat(Quoted.of("x".repeat(40))).isEqualTo('"' + "x".repeat(40) + '"');
    assertThat(Quoted.of("x".repeat(41))).isEqualTo('"' + "x".repeat(37) + "...\"");
  }
}
