package dev.autograd.nn.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How many rows of each class a stratified split takes: the method of largest remainders. */
final class Strata {

  private Strata() {}

  /** A class, how many rows it has, and its exact share of the test part. */
  private record Stratum(int label, int size, double share) {

    int whole() {
      return (int) share;
    }

    double remainder() {
      return share - whole();
    }
  }

  /** Returns the number of test rows per class, {@code wanted} in all as far as classes allow. */
  static Map<Integer, Integer> quotas(int[] classes, double fraction, int wanted) {
    Map<Integer, Long> sizes =
        Arrays.stream(classes)
            .boxed()
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    List<Stratum> strata =
        sizes.entrySet().stream()
            .map(e -> new Stratum(e.getKey(), e.getValue().intValue(), e.getValue() * fraction))
            .sorted(Comparator.comparingDouble(Stratum::remainder).reversed())
            .toList();
    int left = wanted - strata.stream().mapToInt(Stratum::whole).sum();
    Map<Integer, Integer> quotas = new TreeMap<>();
    for (Stratum stratum : strata) {
      boolean oneMore = left > 0 && stratum.whole() < stratum.size() - 1;
      quotas.put(stratum.label(), stratum.whole() + (oneMore ? 1 : 0));
      left -= oneMore ? 1 : 0;
    }
    return quotas;
  }
}
