package dev.autograd.nn.io;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.ActivationLayer;
import dev.autograd.nn.Cell;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Dropout;
import dev.autograd.nn.Embedding;
import dev.autograd.nn.GruCell;
import dev.autograd.nn.LayerNorm;
import dev.autograd.nn.LstmCell;
import dev.autograd.nn.MultiHeadAttention;
import dev.autograd.nn.Recurrent;
import dev.autograd.nn.RnnCell;
import dev.autograd.nn.SinusoidalPositions;
import dev.autograd.nn.TransformerEncoderBlock;
import java.util.List;
import java.util.OptionalInt;

/** How the layers of sequences are written. */
final class SequenceLayers {

  private SequenceLayers() {}

  static List<LayerType<?>> types() {
    return List.of(
        LayerType.of(
            "Embedding", Embedding.class, SequenceLayers::write, SequenceLayers::embedding),
        // A lambda, because the class has an argument that Recurrent.class has not.
        LayerType.of(
            "Recurrent",
            Recurrent.class,
            (layer, fields) -> write(layer, fields),
            fields -> recurrent(fields)),
        LayerType.of(
            "MultiHeadAttention",
            MultiHeadAttention.class,
            (layer, fields) ->
                fields
                    .integer("heads", layer.heads())
                    .flag("causal", layer.causal())
                    .layer("query", layer.query())
                    .layer("key", layer.key())
                    .layer("value", layer.value())
                    .layer("output", layer.output()),
            fields ->
                new MultiHeadAttention(
                    fields.layer("query", Dense.class),
                    fields.layer("key", Dense.class),
                    fields.layer("value", Dense.class),
                    fields.layer("output", Dense.class),
                    fields.size("heads"),
                    fields.flag("causal"))),
        LayerType.of(
            "TransformerEncoderBlock",
            TransformerEncoderBlock.class,
            (layer, fields) ->
                fields
                    .flag("normFirst", layer.normFirst())
                    .layer("attention", layer.attention())
                    .layer("attentionNorm", layer.attentionNorm())
                    .layer("attentionDropout", layer.attentionDropout())
                    .layer("feedForward", layer.feedForward())
                    .layer("feedForwardNorm", layer.feedForwardNorm())
                    .layer("feedForwardDropout", layer.feedForwardDropout()),
            fields ->
                new TransformerEncoderBlock(
                    fields.layer("attention", MultiHeadAttention.class),
                    fields.layer("attentionNorm", LayerNorm.class),
                    fields.layer("attentionDropout", Dropout.class),
                    fields.layer("feedForward"),
                    fields.layer("feedForwardNorm", LayerNorm.class),
                    fields.layer("feedForwardDropout", Dropout.class),
                    fields.flag("normFirst"))),
        LayerType.of(
            "SinusoidalPositions",
            SinusoidalPositions.class,
            (layer, fields) -> {},
            fields -> new SinusoidalPositions()));
  }

  private static void write(Embedding layer, LayerFieldsWriter fields) {
    fields
        .integer("rows", layer.weight().shape().dim(0))
        .integer("width", layer.weight().shape().dim(1))
        .choice("dtype", layer.weight().dtype());
    layer.padding().ifPresent(row -> fields.integer("padding", row));
    fields.tensor("weight", layer.weight());
  }

  private static Embedding embedding(LayerFields fields) {
    DType dtype = fields.choice("dtype", DType.class);
    Tensor weight = fields.parameter("weight", dtype, fields.size("rows"), fields.size("width"));
    // Not with padding(int), which would make another table.
    return new Embedding(
        weight,
        fields.has("padding") ? OptionalInt.of(fields.size("padding")) : OptionalInt.empty());
  }

  // ---------------------------------------------------------------- recurrent networks

  private static void write(Recurrent<?> layer, LayerFieldsWriter fields) {
    Cell<?> cell = layer.cell();
    fields
        .flag("reversed", layer.reversed())
        .text("cell", name(cell))
        .integer("inputs", cell.inputs())
        .integer("units", cell.units())
        .choice("dtype", cell.dtype());
    if (cell instanceof RnnCell rnn) {
      fields.choice("function", rnn.function());
      write(rnn.inputWeight(), rnn.hiddenWeight(), rnn.inputBias(), rnn.hiddenBias(), fields);
    } else if (cell instanceof GruCell gru) {
      fields.flag("resetsFirst", gru.resetsFirst());
      write(gru.inputWeight(), gru.hiddenWeight(), gru.inputBias(), gru.hiddenBias(), fields);
    } else if (cell instanceof LstmCell lstm) {
      write(lstm.inputWeight(), lstm.hiddenWeight(), lstm.inputBias(), lstm.hiddenBias(), fields);
    }
  }

  private static String name(Cell<?> cell) {
    if (cell instanceof RnnCell || cell instanceof GruCell || cell instanceof LstmCell) {
      return cell.getClass().getSimpleName();
    }
    throw new IllegalArgumentException(
        "a Recurrent has a cell of "
            + cell.getClass().getName()
            + ", which cannot be written; hold it in a layer of your own, with a LayerType");
  }

  private static void write(
      Tensor inputWeight,
      Tensor hiddenWeight,
      Tensor inputBias,
      Tensor hiddenBias,
      LayerFieldsWriter fields) {
    fields
        .tensor("inputWeight", inputWeight)
        .tensor("hiddenWeight", hiddenWeight)
        .tensor("inputBias", inputBias)
        .tensor("hiddenBias", hiddenBias);
  }

  private static Recurrent<?> recurrent(LayerFields fields) {
    return new Recurrent<>(cell(fields), fields.flag("reversed"));
  }

  private static Cell<?> cell(LayerFields fields) {
    String name = fields.text("cell");
    return switch (name) {
      case "RnnCell" -> {
        CellWeights w = CellWeights.of(fields, 1);
        ActivationLayer function = fields.choice("function", ActivationLayer.class);
        yield new RnnCell(w.inputWeight, w.hiddenWeight, w.inputBias, w.hiddenBias, function);
      }
      case "GruCell" -> {
        CellWeights w = CellWeights.of(fields, 3);
        boolean resetsFirst = fields.flag("resetsFirst");
        yield new GruCell(w.inputWeight, w.hiddenWeight, w.inputBias, w.hiddenBias, resetsFirst);
      }
      case "LstmCell" -> {
        CellWeights w = CellWeights.of(fields, 4);
        yield new LstmCell(w.inputWeight, w.hiddenWeight, w.inputBias, w.hiddenBias);
      }
      default ->
          throw new IllegalArgumentException(
              "the cell is "
                  + FormatException.quote(name)
                  + "; it must be one of [RnnCell, GruCell, LstmCell]");
    };
  }

  /** The weights of a cell. */
  private record CellWeights(
      Tensor inputWeight, Tensor hiddenWeight, Tensor inputBias, Tensor hiddenBias) {

    static CellWeights of(LayerFields fields, int gates) {
      DType dtype = fields.choice("dtype", DType.class);
      int inputs = fields.size("inputs");
      int units = fields.size("units");
      int rows = Math.multiplyExact(gates, units);
      return new CellWeights(
          fields.parameter("inputWeight", dtype, rows, inputs),
          fields.parameter("hiddenWeight", dtype, rows, units),
          fields.parameter("inputBias", dtype, rows),
          fields.parameter("hiddenBias", dtype, rows));
    }
  }
}
