package dev.autograd.golden;

import dev.autograd.Convolution;
import dev.autograd.Pooling;
import dev.autograd.Tensor;
import java.util.List;
import java.util.Map;

/** Convolution and pooling. */
final class GoldenConvolutions {

  private GoldenConvolutions() {}

  static void addTo(Map<String, GoldenOps.Op> table) {
    table.put("conv2d", GoldenConvolutions::conv2d);
    table.put("max_pool2d", (in, a) -> in.get(0).maxPool2d(pooling(a)));
    table.put("avg_pool2d", (in, a) -> in.get(0).avgPool2d(pooling(a)));
  }

  private static Tensor conv2d(List<Tensor> in, Attributes a) {
    int[] stride = pair(a, "stride", 1, 1);
    int[] padding = pair(a, "padding", 0, 0);
    int[] dilation = pair(a, "dilation", 1, 1);
    Convolution options =
        Convolution.stride(stride[0], stride[1])
            .padding(padding[0], padding[1])
            .dilation(dilation[0], dilation[1])
            .groups((int) a.number("groups", 1));
    return in.size() > 2
        ? in.get(0).conv2d(in.get(1), in.get(2), options)
        : in.get(0).conv2d(in.get(1), options);
  }

  private static Pooling pooling(Attributes a) {
    int[] kernel = a.ints("kernel");
    int[] stride = pair(a, "stride", kernel);
    int[] padding = pair(a, "padding", 0, 0);
    Pooling options =
        Pooling.of(kernel[0], kernel[1])
            .stride(stride[0], stride[1])
            .padding(padding[0], padding[1]);
    if (a.flag("ceil_mode")) {
      options = options.ceilMode();
    }
    boolean excludes = a.has("count_include_pad") && !a.flag("count_include_pad");
    return excludes ? options.excludePadding() : options;
  }

  private static int[] pair(Attributes a, String name, int... otherwise) {
    return a.has(name) ? a.ints(name) : otherwise;
  }
}
