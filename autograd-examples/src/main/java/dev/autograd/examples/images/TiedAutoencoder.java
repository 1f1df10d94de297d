package dev.autograd.examples.images;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Parameters;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A network that squeezes images through a few numbers and redraws them, with one matrix for both
 * ways:
 *
 * <pre>
 * code = tanh(x W + b), image = sigmoid(code W' + c)
 * </pre>
 *
 * <p>The gradient of W is the sum of what both uses say, without a line of code for it. It also
 * shows what a layer of one's own needs: its tensors, and how it is rebuilt over others.
 *
 * @param w {@code [pixels, code]}
 * @param b {@code [code]}
 * @param c {@code [pixels]}
 */
public record TiedAutoencoder(Tensor w, Tensor b, Tensor c) implements Layer {

  /** Returns a network with small random weights. */
  public static TiedAutoencoder of(int pixels, int code, RandomGenerator random) {
    Tensor weights = Tensor.normal(random, DType.F32, pixels, code).div(Math.sqrt(pixels));
    return new TiedAutoencoder(
        Parameter.of("w", weights),
        Parameter.of("b", Tensor.zeros(DType.F32, code)),
        Parameter.of("c", Tensor.zeros(DType.F32, pixels)));
  }

  /** Returns the numbers that are left of images: {@code [n, pixels] -> [n, code]}. */
  public Tensor encode(Tensor x) {
    return x.matmul(w).add(b).tanh();
  }

  /** Returns images of such numbers: {@code [n, code] -> [n, pixels]}. */
  public Tensor decode(Tensor code) {
    return code.matmul(w.transpose()).add(c).sigmoid();
  }

  /** Returns the redrawn images: {@code [n, pixels] -> [n, pixels]}. */
  @Override
  public Tensor forward(Tensor x) {
    return decode(encode(x));
  }

  @Override
  public Parameters parameters() {
    return Parameters.of(w, b, c);
  }

  @Override
  public TiedAutoencoder map(UnaryOperator<Tensor> f) {
    return new TiedAutoencoder(f.apply(w), f.apply(b), f.apply(c));
  }
}
