package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.testkit.Vocabulary;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A long campaign, for the profile of the same name only: {@code mvn -Pfuzz test -pl autograd-core}
 * with {@code -Dfuzz.minutes=10}, or {@code -Dfuzz.graphs=10000}; {@code -Dfuzz.seed} repeats one.
 * It prints what it finds, and ends with a line of counts.
 */
class GraphFuzz {

  private static final int PROGRESS = 1000;

  @Test
  @SuppressWarnings("SystemOut") // a campaign's report is what it is run for
  void campaign() {
    long seed = Long.getLong("fuzz.seed", System.currentTimeMillis());
    long wanted = Long.getLong("fuzz.graphs", 0);
    long minutes = Long.getLong("fuzz.minutes", 10);
    long start = System.nanoTime();
    GraphCampaign campaign = new GraphCampaign(Vocabulary.standard(), seed);
    System.out.println("fuzz: base seed " + seed);

    int[] printed = {0};
    campaign.runWhile(
        () -> {
          for (; printed[0] < campaign.failures().size(); printed[0]++) {
            System.out.println("fuzz: " + campaign.failures().get(printed[0]));
          }
          if (campaign.graphs() > 0 && campaign.graphs() % PROGRESS == 0) {
            System.out.println(campaign.summary(seconds(start)));
          }
          return wanted > 0
              ? campaign.graphs() < wanted
              : System.nanoTime() - start < TimeUnit.MINUTES.toNanos(minutes);
        });

    System.out.println(campaign.summary(seconds(start)));
    assertThat(campaign.failures()).isEmpty();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
