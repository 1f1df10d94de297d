package dev.autograd.nn;

import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A model of layers in layers, drawn at random, of an input and an output of one width. */
final class RandomModel {

  private final Random random;
  private final int width;
  private final List<Layer> made = new ArrayList<>();

  RandomModel(long seed, int width) {
    random = new Random(seed);
    this.width = width;
  }

  Layer draw(int depth) {
    Layer layer = depth == 0 || random.nextInt(4) == 0 ? simple() : composite(depth - 1);
    made.add(layer);
    return layer;
  }

  private Layer simple() {
    return switch (random.nextInt(6)) {
      case 0 -> BatchNorm.of(width);
      case 1 -> LayerNorm.of(width);
      case 2 -> ActivationLayer.TANH;
      case 3 -> made.isEmpty() ? Tensor::sin : made.get(random.nextInt(made.size()));
      case 4 -> tied();
      default -> Dense.of(width, width, random);
    };
  }

  /** Returns a layer with the weight of another one, and a bias of its own. */
  private Layer tied() {
    Dense own = Dense.of(width, width, random);
    return made.stream()
        .filter(Dense.class::isInstance)
        .map(Dense.class::cast)
        .findFirst()
        .map(other -> new Dense(other.weight(), own.bias()))
        .orElse(own);
  }

  private Layer composite(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> Residual.of(draw(depth));
      case 1 -> Parallel.of(draw(depth), draw(depth));
      case 2 ->
          Sequential.of(Concat.of(1, draw(depth), draw(depth)), Dense.of(2 * width, width, random));
      default -> Sequential.of(draw(depth), draw(depth), draw(depth));
    };
  }
}
