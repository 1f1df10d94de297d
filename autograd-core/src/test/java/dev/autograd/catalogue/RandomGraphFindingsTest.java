package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.testkit.Vocabulary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs that long campaigns have found something with, by their seeds. */
class RandomGraphFindingsTest {

  /**
   * Right derivatives that were taken for wrong ones: the last correction of an extrapolation was
   * small by accident, and so was the bound; in the last graph a gradient is a rest of cancelling.
   */
  @ParameterizedTest
  @ValueSource(longs = {20262248, 20264769, 20265158, 20266719, 20267337})
  void areRight(long seed) {
    GraphCampaign campaign = new GraphCampaign(Vocabulary.standard(), seed);
    campaign.runWhile(() -> campaign.graphs() < 1);
    assertThat(campaign.failures()).isEmpty();
  }
}
