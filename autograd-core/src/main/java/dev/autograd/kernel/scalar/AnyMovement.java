package dev.autograd.kernel.scalar;

import dev.autograd.array.Runs;
import dev.autograd.array.Strides;
import dev.autograd.kernel.Movement;

/**
 * Movement for arrays of any element type, through {@link System#arraycopy}. For masks and indices,
 * whose types have no kernels of their own.
 */
public final class AnyMovement implements Movement<Object> {

  /** Makes the kernels; they hold no state. */
  public AnyMovement() {}

  @Override
  @SuppressWarnings("SuspiciousSystemArraycopy")
  public void gather(Object x, Object out, Strides plan) {
    for (RowCursor rows = RowCursor.of(plan); rows.hasRow(); rows.advance()) {
      if (rows.leftStride == 1) {
        System.arraycopy(x, rows.left, out, rows.out, rows.length);
      } else {
        for (int i = 0; i < rows.length; i++) {
          System.arraycopy(x, rows.left + i * rows.leftStride, out, rows.out + i, 1);
        }
      }
    }
  }

  @Override
  @SuppressWarnings("SuspiciousSystemArraycopy")
  public void scatter(Object x, Object out, Strides plan) {
    for (RowCursor rows = RowCursor.of(plan); rows.hasRow(); rows.advance()) {
      if (rows.leftStride == 1) {
        System.arraycopy(x, rows.out, out, rows.left, rows.length);
      } else {
        for (int i = 0; i < rows.length; i++) {
          System.arraycopy(x, rows.out + i, out, rows.left + i * rows.leftStride, 1);
        }
      }
    }
  }

  @Override
  @SuppressWarnings("SuspiciousSystemArraycopy")
  public void gather(Object x, Object out, Runs plan) {
    int n = plan.length();
    for (int i = 0; i < plan.count(); i++) {
      System.arraycopy(x, plan.start(i), out, i * n, n);
    }
  }

  @Override
  @SuppressWarnings("SuspiciousSystemArraycopy")
  public void scatter(Object x, Object out, Runs plan) {
    int n = plan.length();
    for (int i = 0; i < plan.count(); i++) {
      System.arraycopy(x, i * n, out, plan.start(i), n);
    }
  }
}
