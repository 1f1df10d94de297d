package dev.autograd.catalogue;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.stream.Stream;

/** Equations in index notation, by nested loops over all letters. */
final class EinsumCases {

  private EinsumCases() {}

  static Stream<OpCase> of(OpMethod op) {
    if (!op.name().equals("einsum")) {
      return Stream.empty();
    }
    return Stream.of(
        einsum(op, "ij,jk->ik", Shape.of(3, 4), Shape.of(4, 3)),
        einsum(op, "ij,kj", Shape.of(2, 3), Shape.of(2, 3)),
        einsum(op, "ji,jk->ki", Shape.of(3, 2), Shape.of(3, 2)),
        einsum(op, "bij,bjk->bik", Shape.of(2, 2, 1), Shape.of(2, 1, 2)),
        einsum(op, "ibj,jkb->bki", Shape.of(2, 2, 2), Shape.of(2, 1, 2)),
        einsum(op, "ijk,ljk->li", Shape.of(1, 2, 2), Shape.of(2, 2, 2)),
        einsum(op, "i,ij,j->", Shape.of(2), Shape.of(2, 3), Shape.of(3)),
        einsum(op, "i,i->", Shape.of(3), Shape.of(3)),
        einsum(op, "i,j->ji", Shape.of(2), Shape.of(3)),
        einsum(op, "ij,ij->ij", Shape.of(2, 2), Shape.of(2, 2)),
        einsum(op, "ij,i->j", Shape.of(2, 3), Shape.of(2)),
        einsum(op, "i,i->i", Shape.of(1), Shape.of(3)),
        einsum(op, "ij,jk->k", Shape.of(2, 1), Shape.of(3, 2)),
        einsum(op, "ij->ji", Shape.of(2, 3)),
        einsum(op, "ba", Shape.of(2, 3)),
        einsum(op, "aB->", Shape.of(2, 3)),
        einsum(op, "ii->i", Shape.of(3, 3)),
        einsum(op, "ii", Shape.of(3, 3)),
        einsum(op, "iji,jj->ij", Shape.of(2, 3, 2), Shape.of(3, 3)),
        einsum(op, "iii->i", Shape.of(2, 2, 2)),
        einsum(op, "...i,ij->...j", Shape.of(2, 1, 2), Shape.of(2, 2)),
        einsum(op, "...ij,...jk", Shape.of(2, 1, 2), Shape.of(2, 2)),
        einsum(op, "i...,i...->...", Shape.of(2, 3), Shape.of(2, 1, 1)),
        einsum(op, "...,...->...", Shape.SCALAR, Shape.of(3)),
        einsum(op, "...i -> ", Shape.of(2, 3)),
        einsum(op, ",i->i", Shape.SCALAR, Shape.of(2)),
        einsum(op, "ij,jk,kl->il", Shape.of(2, 2), Shape.of(2, 1), Shape.of(1, 2)),
        einsum(op, "ij,jk->ik", Shape.of(2, 0), Shape.of(0, 3)),
        einsum(op, "bij,jk->bk", Shape.of(0, 2, 2), Shape.of(2, 2)));
  }

  private static OpCase einsum(OpMethod op, String equation, Shape... shapes) {
    return new OpCase(
        op,
        equation + " of " + Arrays.toString(shapes),
        Samples.of(op.domain(), equation.hashCode()).draw(shapes),
        ts -> op.call(equation, ts.toArray(Tensor[]::new)),
        xs -> EinsumLoops.of(equation, xs));
  }
}
