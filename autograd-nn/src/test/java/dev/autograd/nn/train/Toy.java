package dev.autograd.nn.train;

import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.BatchNorm;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Dropout;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Mode;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Optimizer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** A small problem and a model with everything that has a state; equal seeds, equal bits. */
final class Toy {

  static final int ROWS = 22;

  final Sequential model;
  final Optimizer optimizer;

  Toy() {
    SplittableRandom random = new SplittableRandom(5);
    model =
        Sequential.of(
            Dense.of(4, 8, random),
            BatchNorm.of(8),
            Tensor::tanh,
            Dropout.of(0.3, 11),
            Dense.of(8, 3, random));
    optimizer = Adam.lr(0.02).over(model.parameters());
  }

  Tensor loss(Examples batch) {
    return loss(model.forward(batch.inputs(), Mode.TRAINING), batch);
  }

  static Tensor loss(Tensor outputs, Examples batch) {
    return Losses.crossEntropy(outputs, batch.targets());
  }

  Trainer<Examples> trainer() {
    return Trainer.of(model, optimizer, (Examples b) -> loss(b));
  }

  /** Returns data in which the class follows from the largest of the first three numbers. */
  static Dataset<Examples> data(long seed) {
    Tensor x = Tensor.normal(new SplittableRandom(seed), DType.F64, ROWS, 4);
    return Dataset.of(x, x.slice(1, 0, 3).argMax(1));
  }

  /** Returns batches of 5, 5, 5, 5 and 2 rows. */
  static DataLoader<Examples> loader() {
    return DataLoader.of(data(1), 5).shuffle(3);
  }

  static Validation<Examples> validation() {
    return Validation.of(DataLoader.of(data(2), 6)).loss("held out", Toy::loss);
  }

  /** Returns everything that training changes, as bits. */
  Map<String, String> bits() {
    return bits(model, optimizer);
  }

  static Map<String, String> bits(Layer model, Optimizer optimizer) {
    Map<String, String> bits = new LinkedHashMap<>();
    Map<String, Supplier<Map<String, Tensor>>> parts = new LinkedHashMap<>();
    parts.put("model ", model.parameters()::snapshot);
    parts.put("buffers ", model.buffers()::snapshot);
    parts.put("optimizer ", optimizer::state);
    parts.forEach(
        (part, state) -> state.get().forEach((name, value) -> bits.put(part + name, bits(value))));
    return bits;
  }

  static String bits(Tensor tensor) {
    StringBuilder text = new StringBuilder(tensor.shape().toString());
    for (double number : tensor.toDoubleArray()) {
      text.append(' ').append(Long.toHexString(Double.doubleToRawLongBits(number)));
    }
    return text.toString();
  }

  /** Returns all of a history but its seconds. */
  static String bits(History history) {
    StringBuilder text = new StringBuilder(history.end() + " " + history.reason());
    for (Epoch e : history.epochs()) {
      text.append("\n" + e.number() + " " + e.steps());
      text.append(" " + Double.toHexString(e.loss()) + " " + Double.toHexString(e.lr()));
      e.measures().forEach((name, value) -> text.append(" " + name + Double.toHexString(value)));
    }
    return text.toString();
  }
}
