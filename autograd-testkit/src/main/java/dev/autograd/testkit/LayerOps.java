package dev.autograd.testkit;

import static dev.autograd.testkit.GraphOp.fitted;
import static dev.autograd.testkit.GraphOp.numbered;

import dev.autograd.Convolution;
import dev.autograd.Pooling;
import java.util.List;

/** Convolutions, poolings, normalisations and attention. */
final class LayerOps {

  private LayerOps() {}

  static List<GraphOp> all() {
    return List.of(
        fitted(
            "conv1d",
            "a.reshape(1, 1, -1).conv1d(b.reshape(1, 1, -1)).squeeze()",
            Fittings.SIGNAL_AND_FILTER,
            (a, b) -> a.reshape(1, 1, -1).conv1d(b.reshape(1, 1, -1)).squeeze()),
        fitted(
            "convTranspose1d",
            "a.reshape(1, 1, -1).convTranspose1d(b.reshape(1, 1, -1)).squeeze()",
            Fittings.SIGNAL_AND_FILTER,
            (a, b) -> a.reshape(1, 1, -1).convTranspose1d(b.reshape(1, 1, -1)).squeeze()),
        fitted(
            "conv2d",
            "a.unsqueeze(0).unsqueeze(0).conv2d(b.unsqueeze(0).unsqueeze(0), Convolution.stride(1).padding(1)).squeeze()",
            Fittings.IMAGE_AND_FILTER,
            (a, b) ->
                a.unsqueeze(0)
                    .unsqueeze(0)
                    .conv2d(b.unsqueeze(0).unsqueeze(0), Convolution.stride(1).padding(1))
                    .squeeze()),
        fitted(
            "convTranspose2d",
            "a.unsqueeze(0).unsqueeze(0).convTranspose2d(b.unsqueeze(0).unsqueeze(0)).squeeze()",
            Fittings.SMALL_IMAGES,
            (a, b) ->
                a.unsqueeze(0).unsqueeze(0).convTranspose2d(b.unsqueeze(0).unsqueeze(0)).squeeze()),
        numbered(
            "maxPool1d",
            "a.reshape(1, 1, -1).maxPool1d(Pooling.of(2).stride(1)).squeeze()",
            Fitting.one(a -> a.size() > 1 && Fittings.isDistinct(a)),
            (a, n) -> a.reshape(1, 1, -1).maxPool1d(Pooling.of(2).stride(1)).squeeze()),
        numbered(
            "avgPool1d",
            "a.reshape(1, 1, -1).avgPool1d(Pooling.of(2).stride(1)).squeeze()",
            Fitting.one(a -> a.size() > 1),
            (a, n) -> a.reshape(1, 1, -1).avgPool1d(Pooling.of(2).stride(1)).squeeze()),
        numbered(
            "maxPool2d",
            "a.unsqueeze(0).unsqueeze(0).maxPool2d(Pooling.of(2).stride(1).padding(1)).squeeze()",
            Fitting.one(a -> a.rank() == 2 && Fittings.isDistinct(a)),
            (a, n) ->
                a.unsqueeze(0)
                    .unsqueeze(0)
                    .maxPool2d(Pooling.of(2).stride(1).padding(1))
                    .squeeze()),
        numbered(
            "avgPool2d",
            "a.unsqueeze(0).unsqueeze(0).avgPool2d(Pooling.of(2).stride(1).padding(1)).squeeze()",
            Fitting.one(a -> a.rank() == 2),
            (a, n) ->
                a.unsqueeze(0)
                    .unsqueeze(0)
                    .avgPool2d(Pooling.of(2).stride(1).padding(1))
                    .squeeze()),
        fitted(
            "layerNorm",
            "a.layerNorm(b, b.sin(), 0.5)",
            Fittings.LAST_AND_VECTOR,
            (a, b) -> a.layerNorm(b, b.sin(), 0.5)),
        fitted(
            "rmsNorm", "a.rmsNorm(b, 0.5)", Fittings.LAST_AND_VECTOR, (a, b) -> a.rmsNorm(b, 0.5)),
        fitted(
            "batchNorm",
            "a.batchNorm(b, b.cos(), 0.5)",
            Fittings.CHANNELS_AND_VECTOR,
            (a, b) -> a.batchNorm(b, b.cos(), 0.5)),
        fitted(
            "groupNorm",
            "a.groupNorm(1, b, b.cos(), 0.5)",
            Fittings.CHANNELS_AND_VECTOR,
            (a, b) -> a.groupNorm(1, b, b.cos(), 0.5)),
        numbered(
            "normalize",
            "a.square().add(0.5).normalize(#)",
            Fittings.AXIS,
            (a, n) -> a.square().add(0.5).normalize(n[0])),
        GraphOp.of(
            "cosineSimilarity",
            "a.cosh().cosineSimilarity(#, b.cosh())",
            Fittings.ALIKE,
            (t, n) -> t.get(0).cosh().cosineSimilarity(n[0], t.get(1).cosh())),
        fitted("attention", "a.attention(b, b)", Fittings.ROWS, (a, b) -> a.attention(b, b)),
        fitted(
            "causalAttention",
            "a.causalAttention(b, b)",
            Fittings.NO_MORE_ROWS,
            (a, b) -> a.causalAttention(b, b)));
  }
}
