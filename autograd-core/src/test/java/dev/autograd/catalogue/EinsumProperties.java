package dev.autograd.catalogue;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Random equations against nested loops, and their gradients against differences. */
class EinsumProperties {

  private static final double VALUE_BOUND = 1e-13;
  private static final double GRADIENT_BOUND = 2e-9;

  /** An equation with operands that fit it. */
  record Call(String equation, List<Grid> operands) {

    Tensor run(List<Tensor> tensors) {
      return Tensor.einsum(equation, tensors.toArray(Tensor[]::new));
    }

    @Override
    public String toString() {
      return equation + " of " + operands.stream().map(Grid::shape).toList();
    }
  }

  @Property(tries = 500)
  void valueIsTheDefinition(@ForAll("calls") Call call) {
    Statistics.label("operands").collect(call.operands().size());
    List<Tensor> tensors = call.operands().stream().map(x -> x.tensor(DType.F64)).toList();

    Closeness.assertClose(
        call.toString(),
        Grid.of(call.run(tensors)),
        EinsumLoops.of(call.equation(), call.operands()),
        VALUE_BOUND);
  }

  @Property(tries = 100)
  void gradientIsTheSlopeOfTheDefinition(@ForAll("calls") Call call) {
    Grid value = EinsumLoops.of(call.equation(), call.operands());
    Grid seed = Samples.signed(value.shape(), 5);

    Closeness.assertAllClose(
        call.toString(),
        Derivatives.byLibrary(1, call::run, call.operands(), DType.F64, 5),
        Derivatives.byDifferences(
            xs -> seed.dot(EinsumLoops.of(call.equation(), xs)), call.operands()),
        GRADIENT_BOUND);
  }

  @Provide
  Arbitrary<Call> calls() {
    return Arbitraries.randomValue(EinsumProperties::random);
  }

  /** One to four operands of up to three letters out of five, some of size 1, some repeated. */
  private static Call random(Random random) {
    String alphabet = "abcXY";
    int[] sizes = random.ints(alphabet.length(), 1, 4).toArray();
    int dots = random.nextInt(3);
    List<String> terms = new ArrayList<>();
    List<Grid> operands = new ArrayList<>();
    StringBuilder used = new StringBuilder();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      StringBuilder term = new StringBuilder();
      List<Integer> dims = new ArrayList<>();
      int leading = random.nextInt(dots + 1);
      for (int axis = dots - leading; axis < dots; axis++) {
        dims.add(random.nextInt(4) == 0 ? 1 : 2 + axis);
      }
      if (dots > 0) {
        term.append("...");
      }
      boolean[] single = new boolean[alphabet.length()];
      for (int letter = 0; letter < single.length; letter++) {
        single[letter] = random.nextInt(6) == 0;
      }
      for (int axis = random.nextInt(4); axis > 0; axis--) {
        int letter = random.nextInt(alphabet.length());
        term.append(alphabet.charAt(letter));
        used.append(alphabet.charAt(letter));
        dims.add(single[letter] ? 1 : sizes[letter]);
      }
      terms.add(term.toString());
      Shape shape = Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
      operands.add(Samples.signed(shape, random.nextLong()));
    }
    String left = String.join(random.nextBoolean() ? "," : ", ", terms);
    return new Call(
        random.nextInt(4) == 0 ? left : left + "->" + output(random, used, dots), operands);
  }

  private static String output(Random random, StringBuilder used, int dots) {
    List<String> parts = new ArrayList<>();
    used.chars()
        .distinct()
        .filter(letter -> random.nextBoolean())
        .forEach(
            letter -> parts.add(random.nextInt(parts.size() + 1), String.valueOf((char) letter)));
    if (dots > 0 && random.nextInt(4) > 0) {
      parts.add(random.nextInt(parts.size() + 1), "...");
    }
    return String.join("", parts);
  }
}
