package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What configurations are at first, and what they refuse. */
class SettingsTest {

  @Test
  void defaultsAreThoseOfPyTorchAndOfThePaper() {
    Schedule rate = Schedule.constant(0.1);
    assertThat(Adagrad.lr(rate)).isEqualTo(new Adagrad(rate, 0, 1e-10, 0));
    assertThat(RmsProp.lr(rate)).isEqualTo(new RmsProp(rate, 0.99, 1e-8, 0, false, 0));
    assertThat(AdamW.lr(rate)).isEqualTo(new AdamW(rate, 0.9, 0.999, 1e-8, 0.01, false));
    assertThat(Adamax.lr(rate)).isEqualTo(new Adamax(rate, 0.9, 0.999, 1e-8, 0));
    assertThat(NAdam.lr(rate)).isEqualTo(new NAdam(rate, 0.9, 0.999, 1e-8, 0.004, 0));
    assertThat(Lion.lr(rate)).isEqualTo(new Lion(rate, 0.9, 0.99, 0));
  }

  @Test
  void eachSettingIsItsOwn() {
    Schedule rate = Schedule.constant(0.1);
    assertThat(Adagrad.lr(rate).initialSum(1).epsilon(2).weightDecay(3))
        .isEqualTo(new Adagrad(rate, 1, 2, 3));
    assertThat(RmsProp.lr(rate).alpha(0.1).epsilon(2).momentum(0.3).centered().weightDecay(4))
        .isEqualTo(new RmsProp(rate, 0.1, 2, 0.3, true, 4));
    assertThat(AdamW.lr(rate).betas(0.1, 0.2).epsilon(3).weightDecay(4).amsgrad())
        .isEqualTo(new AdamW(rate, 0.1, 0.2, 3, 4, true));
    assertThat(Adamax.lr(rate).betas(0.1, 0.2).epsilon(3).weightDecay(4))
        .isEqualTo(new Adamax(rate, 0.1, 0.2, 3, 4));
    assertThat(NAdam.lr(rate).betas(0.1, 0.2).epsilon(3).momentumDecay(4).weightDecay(5))
        .isEqualTo(new NAdam(rate, 0.1, 0.2, 3, 4, 5));
    assertThat(Lion.lr(rate).betas(0.1, 0.2).weightDecay(3)).isEqualTo(new Lion(rate, 0.1, 0.2, 3));
  }

  private static void assertRefused(String setting, Supplier<?> configuration) {
    assertThatThrownBy(configuration::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(setting + " is ");
  }

  @Test
  void refusesSettingsOutOfRange() {
    for (double wrong : List.of(-0.1, Double.NaN, Double.POSITIVE_INFINITY)) {
      assertRefused("Adagrad: initialSum", () -> Adagrad.lr(0.1).initialSum(wrong));
      assertRefused("Adagrad: epsilon", () -> Adagrad.lr(0.1).epsilon(wrong));
      assertRefused("Adagrad: weightDecay", () -> Adagrad.lr(0.1).weightDecay(wrong));
      assertRefused("RmsProp: epsilon", () -> RmsProp.lr(0.1).epsilon(wrong));
      assertRefused("RmsProp: weightDecay", () -> RmsProp.lr(0.1).weightDecay(wrong));
      assertRefused("AdamW: epsilon", () -> AdamW.lr(0.1).epsilon(wrong));
      assertRefused("AdamW: weightDecay", () -> AdamW.lr(0.1).weightDecay(wrong));
      assertRefused("Adamax: epsilon", () -> Adamax.lr(0.1).epsilon(wrong));
      assertRefused("Adamax: weightDecay", () -> Adamax.lr(0.1).weightDecay(wrong));
      assertRefused("NAdam: epsilon", () -> NAdam.lr(0.1).epsilon(wrong));
      assertRefused("NAdam: momentumDecay", () -> NAdam.lr(0.1).momentumDecay(wrong));
      assertRefused("NAdam: weightDecay", () -> NAdam.lr(0.1).weightDecay(wrong));
      assertRefused("Lion: weightDecay", () -> Lion.lr(0.1).weightDecay(wrong));
    }
    for (double wrong : List.of(-0.1, 1.0, Double.NaN)) {
      assertRefused("RmsProp: alpha", () -> RmsProp.lr(0.1).alpha(wrong));
      assertRefused("RmsProp: momentum", () -> RmsProp.lr(0.1).momentum(wrong));
      assertRefused("AdamW: beta1", () -> AdamW.lr(0.1).betas(wrong, 0.9));
      assertRefused("AdamW: beta2", () -> AdamW.lr(0.1).betas(0.9, wrong));
      assertRefused("Adamax: beta1", () -> Adamax.lr(0.1).betas(wrong, 0.9));
      assertRefused("Adamax: beta2", () -> Adamax.lr(0.1).betas(0.9, wrong));
      assertRefused("NAdam: beta1", () -> NAdam.lr(0.1).betas(wrong, 0.9));
      assertRefused("NAdam: beta2", () -> NAdam.lr(0.1).betas(0.9, wrong));
      assertRefused("Lion: beta1", () -> Lion.lr(0.1).betas(wrong, 0.9));
      assertRefused("Lion: beta2", () -> Lion.lr(0.1).betas(0.9, wrong));
    }
  }
}
