package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.testkit.Vocabulary;
import org.junit.jupiter.api.Test;

/** The part of the campaign that every build runs; {@link GraphFuzz} goes on from there. */
class RandomGraphCampaignTest {

  private static final long BASE_SEED = 20_261;
  private static final int GRAPHS = 200;

  @Test
  void twoHundredGraphsAgreeWithDifferencesToTheSecondOrder() {
    GraphCampaign campaign = new GraphCampaign(Vocabulary.standard(), BASE_SEED);

    campaign.runWhile(() -> campaign.graphs() < GRAPHS);

    assertThat(campaign.failures()).isEmpty();
    assertThat(campaign.used()).hasSize(Vocabulary.standard().ops().size());
  }

  @Test
  void aWrongSecondDerivativeIsFoundAndShrunk() {
    Vocabulary vocabulary =
        Vocabulary.standard()
            .map(op -> op.name().equals("tanh") ? op.around(call -> bent(call.get())) : op);
    GraphCampaign campaign = new GraphCampaign(vocabulary, BASE_SEED);

    campaign.runWhile(() -> campaign.failures().isEmpty() && campaign.graphs() < GRAPHS);

    assertThat(campaign.failures()).hasSize(1);
    assertThat(campaign.failures().get(0))
        .contains(".tanh()", "graph of seed ")
        .doesNotContain("Tensor v3 ");
  }

  /** The first derivative is right, and the one of the derivative is 0. */
  private static Tensor bent(Tensor y) {
    return Tensor.custom("planted", y.detach(), y, g -> g.detach().add(g.sub(g.detach()).mul(0.9)));
  }
}
