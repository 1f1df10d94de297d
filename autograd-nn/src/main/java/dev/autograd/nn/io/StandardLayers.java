package dev.autograd.nn.io;

import dev.autograd.Activation;
import dev.autograd.Convolution;
import dev.autograd.Extent;
import dev.autograd.Pooling;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.ActivationLayer;
import dev.autograd.nn.AvgPool1d;
import dev.autograd.nn.AvgPool2d;
import dev.autograd.nn.BatchNorm;
import dev.autograd.nn.Buffer;
import dev.autograd.nn.Concat;
import dev.autograd.nn.Conv1d;
import dev.autograd.nn.Conv2d;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Dropout;
import dev.autograd.nn.Elu;
import dev.autograd.nn.Flatten;
import dev.autograd.nn.GroupNorm;
import dev.autograd.nn.LayerNorm;
import dev.autograd.nn.LeakyRelu;
import dev.autograd.nn.MaxPool1d;
import dev.autograd.nn.MaxPool2d;
import dev.autograd.nn.Parallel;
import dev.autograd.nn.Residual;
import dev.autograd.nn.RmsNorm;
import dev.autograd.nn.Select;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.Softmax;
import java.util.Arrays;
import java.util.List;

/** How the layers of this library are written, but for those of sequences. */
final class StandardLayers {

  private StandardLayers() {}

  static List<LayerType<?>> types() {
    return List.of(
        LayerType.of(
            "Sequential",
            Sequential.class,
            (model, fields) -> fields.layers("layers", model.layers()),
            fields -> new Sequential(fields.layers("layers"))),
        LayerType.of(
            "Residual",
            Residual.class,
            (layer, fields) -> fields.layer("body", layer.body()),
            fields -> new Residual(fields.layer("body"))),
        LayerType.of(
            "Parallel",
            Parallel.class,
            (layer, fields) -> fields.layers("branches", layer.branches()),
            fields -> new Parallel(fields.layers("branches"))),
        LayerType.of(
            "Concat",
            Concat.class,
            (layer, fields) ->
                fields.integer("axis", layer.axis()).layers("branches", layer.branches()),
            fields -> new Concat(axis(fields), fields.layers("branches"))),
        LayerType.of("Dense", Dense.class, StandardLayers::write, StandardLayers::dense),
        LayerType.of(
            "Conv1d",
            Conv1d.class,
            (layer, fields) -> {
              write(layer.options(), layer.weight(), fields);
              write(layer.weight(), layer.bias(), fields);
            },
            fields -> {
              Tensor weight = convolutionWeight(fields);
              return new Conv1d(weight, bias(fields, weight), convolution(fields));
            }),
        LayerType.of(
            "Conv2d",
            Conv2d.class,
            (layer, fields) -> {
              write(layer.options(), layer.weight(), fields);
              write(layer.weight(), layer.bias(), fields);
            },
            fields -> {
              Tensor weight = convolutionWeight(fields);
              return new Conv2d(weight, bias(fields, weight), convolution(fields));
            }),
        LayerType.of(
            "MaxPool1d",
            MaxPool1d.class,
            (layer, fields) -> write(layer.options(), fields),
            fields -> new MaxPool1d(pooling(fields))),
        LayerType.of(
            "MaxPool2d",
            MaxPool2d.class,
            (layer, fields) -> write(layer.options(), fields),
            fields -> new MaxPool2d(pooling(fields))),
        LayerType.of(
            "AvgPool1d",
            AvgPool1d.class,
            (layer, fields) -> write(layer.options(), fields),
            fields -> new AvgPool1d(pooling(fields))),
        LayerType.of(
            "AvgPool2d",
            AvgPool2d.class,
            (layer, fields) -> write(layer.options(), fields),
            fields -> new AvgPool2d(pooling(fields))),
        LayerType.of(
            "LayerNorm",
            LayerNorm.class,
            (layer, fields) -> {
              writeDims(layer.weight(), fields).number("eps", layer.eps());
              write(layer.weight(), layer.bias(), fields);
            },
            fields -> {
              Tensor weight = weightOfDims(fields);
              Tensor bias = fields.parameter("bias", weight.dtype(), weight.shape().toArray());
              return new LayerNorm(weight, bias, fields.number("eps"));
            }),
        LayerType.of(
            "RmsNorm",
            RmsNorm.class,
            (layer, fields) ->
                writeDims(layer.weight(), fields)
                    .number("eps", layer.eps())
                    .tensor("weight", layer.weight()),
            fields -> new RmsNorm(weightOfDims(fields), fields.number("eps"))),
        LayerType.of(
            "GroupNorm",
            GroupNorm.class,
            (layer, fields) -> {
              fields.integer("groups", layer.groups());
              writeDims(layer.weight(), fields).number("eps", layer.eps());
              write(layer.weight(), layer.bias(), fields);
            },
            fields -> {
              int groups = fields.size("groups");
              Tensor weight = weightOfDims(fields);
              return new GroupNorm(groups, weight, bias(fields, weight), fields.number("eps"));
            }),
        LayerType.of(
            "BatchNorm",
            BatchNorm.class,
            (layer, fields) -> {
              writeDims(layer.weight(), fields)
                  .number("momentum", layer.momentum())
                  .number("eps", layer.eps());
              write(layer.weight(), layer.bias(), fields);
            },
            StandardLayers::batchNorm),
        LayerType.of(
            "Dropout",
            Dropout.class,
            (dropout, fields) ->
                fields.number("probability", dropout.probability()).integer("seed", dropout.seed()),
            fields -> Dropout.of(fields.number("probability"), fields.integer("seed"))),
        LayerType.of(
            "Activation",
            ActivationLayer.class,
            (function, fields) -> fields.choice("function", function),
            fields -> fields.choice("function", ActivationLayer.class)),
        LayerType.of(
            "LeakyRelu",
            LeakyRelu.class,
            (layer, fields) -> fields.number("slope", layer.slope()),
            fields -> new LeakyRelu(fields.number("slope"))),
        LayerType.of(
            "Elu",
            Elu.class,
            (layer, fields) -> fields.number("alpha", layer.alpha()),
            fields -> new Elu(fields.number("alpha"))),
        LayerType.of(
            "Softmax",
            Softmax.class,
            (layer, fields) -> fields.integer("axis", layer.axis()),
            fields -> new Softmax(axis(fields))),
        LayerType.of(
            "Flatten",
            Flatten.class,
            (layer, fields) -> fields.integer("from", layer.from()),
            fields -> new Flatten(Math.toIntExact(fields.integer("from")))),
        LayerType.of(
            "Select",
            Select.class,
            (layer, fields) -> fields.integer("axis", layer.axis()).integer("index", layer.index()),
            fields -> new Select(axis(fields), Math.toIntExact(fields.integer("index")))));
  }

  private static int axis(LayerFields fields) {
    return Math.toIntExact(fields.integer("axis"));
  }

  // ---------------------------------------------------------------- weights

  private static void write(Dense dense, LayerFieldsWriter fields) {
    fields
        .integer("in", dense.weight().shape().dim(1))
        .integer("out", dense.weight().shape().dim(0))
        .choice("dtype", dense.weight().dtype())
        .choice("activation", dense.activation());
    write(dense.weight(), dense.bias(), fields);
  }

  private static Dense dense(LayerFields fields) {
    DType dtype = fields.choice("dtype", DType.class);
    int in = fields.size("in");
    int out = fields.size("out");
    return new Dense(
        fields.parameter("weight", dtype, out, in),
        fields.parameter("bias", dtype, out),
        fields.choice("activation", Activation.class));
  }

  private static void write(Tensor weight, Tensor bias, LayerFieldsWriter fields) {
    fields.tensor("weight", weight).tensor("bias", bias);
  }

  /** Returns a bias with one number per row of the weight. */
  private static Tensor bias(LayerFields fields, Tensor weight) {
    return fields.parameter("bias", weight.dtype(), weight.shape().dim(0));
  }

  private static LayerFieldsWriter writeDims(Tensor weight, LayerFieldsWriter fields) {
    return fields.integers("dims", weight.shape().toArray()).choice("dtype", weight.dtype());
  }

  private static Tensor weightOfDims(LayerFields fields) {
    DType dtype = fields.choice("dtype", DType.class);
    return fields.parameter("weight", dtype, fields.integers("dims"));
  }

  private static BatchNorm batchNorm(LayerFields fields) {
    Tensor weight = weightOfDims(fields);
    int[] dims = weight.shape().toArray();
    return new BatchNorm(
        weight,
        fields.parameter("bias", weight.dtype(), dims),
        Buffer.of("runningMean", Tensor.zeros(weight.dtype(), dims)),
        Buffer.of("runningVariance", Tensor.ones(weight.dtype(), dims)),
        fields.number("momentum"),
        fields.number("eps"));
  }

  // ---------------------------------------------------------------- windows

  private static void write(Convolution options, Tensor weight, LayerFieldsWriter fields) {
    int[] dims = weight.shape().toArray();
    int[] kernel = Arrays.copyOfRange(dims, 2, dims.length);
    fields
        .integer("in", (long) dims[1] * options.groups())
        .integer("out", dims[0])
        .integers("kernel", kernel)
        .integer("groups", options.groups());
    write("stride", options.stride(), fields);
    write("padding", options.padding(), fields);
    write("dilation", options.dilation(), fields);
    write("outputPadding", options.outputPadding(), fields);
    fields.choice("dtype", weight.dtype());
  }

  private static Tensor convolutionWeight(LayerFields fields) {
    int in = fields.size("in");
    int groups = fields.size("groups");
    if (groups < 1 || in % groups != 0) {
      throw new IllegalArgumentException(
          "in is " + in + " and groups are " + groups + "; in must be a multiple of them");
    }
    int[] kernel = fields.integers("kernel");
    int[] dims = new int[2 + kernel.length];
    dims[0] = fields.size("out");
    dims[1] = in / groups;
    System.arraycopy(kernel, 0, dims, 2, kernel.length);
    return fields.parameter("weight", fields.choice("dtype", DType.class), dims);
  }

  private static Convolution convolution(LayerFields fields) {
    return new Convolution(
        extent("stride", fields),
        extent("padding", fields),
        extent("dilation", fields),
        extent("outputPadding", fields),
        fields.size("groups"));
  }

  private static void write(Pooling options, LayerFieldsWriter fields) {
    write("kernel", options.kernel(), fields);
    write("stride", options.stride(), fields);
    write("padding", options.padding(), fields);
    write("dilation", options.dilation(), fields);
    fields.flag("overhangs", options.overhangs()).flag("countsPadding", options.countsPadding());
  }

  private static Pooling pooling(LayerFields fields) {
    return new Pooling(
        extent("kernel", fields),
        extent("stride", fields),
        extent("padding", fields),
        extent("dilation", fields),
        fields.flag("overhangs"),
        fields.flag("countsPadding"));
  }

  private static void write(String name, Extent extent, LayerFieldsWriter fields) {
    fields.integers(name, extent.height(), extent.width());
  }

  private static Extent extent(String name, LayerFields fields) {
    int[] both = fields.integers(name);
    if (both.length != 2) {
      throw new IllegalArgumentException(
          "the field \"" + name + "\" has " + both.length + " numbers; it must be [height, width]");
    }
    return new Extent(both[0], both[1]);
  }
}
