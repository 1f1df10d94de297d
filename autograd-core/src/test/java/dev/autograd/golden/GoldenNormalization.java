package dev.autograd.golden;

import dev.autograd.Tensor;
import java.util.List;
import java.util.Map;

/** The normalisations, whose weight and bias the golden files may leave out. */
final class GoldenNormalization {

  private GoldenNormalization() {}

  static void addTo(Map<String, GoldenOps.Op> table) {
    table.put(
        "layer_norm",
        (in, a) -> {
          int[] sizes = a.ints("normalized_shape");
          return in.get(0).layerNorm(weight(in, sizes), bias(in, sizes), a.number("eps"));
        });
    table.put(
        "batch_norm",
        (in, a) -> {
          int channels = in.get(0).shape().dim(1);
          return in.get(0).batchNorm(weight(in, channels), bias(in, channels), a.number("eps"));
        });
  }

  private static Tensor weight(List<Tensor> in, int... sizes) {
    return in.size() > 1 ? in.get(1) : Tensor.ones(in.get(0).dtype(), sizes);
  }

  private static Tensor bias(List<Tensor> in, int... sizes) {
    return in.size() > 2 ? in.get(2) : Tensor.zeros(in.get(0).dtype(), sizes);
  }
}
