package dev.autograd;

/** Where {@link Tensor#pad(PadMode, int[]...)} finds the elements of a border. */
public enum PadMode {
  /** Mirrored at the outermost element, which is not repeated: {@code c b [a b c] b a}. */
  REFLECT {
    @Override
    int source(int i, int n) {
      int fromStart = Math.abs(i);
      return fromStart < n ? fromStart : 2 * (n - 1) - fromStart;
    }

    @Override
    int widest(int n) {
      return Math.max(n - 1, 0);
    }
  },
  /** The outermost element, repeated: {@code a a [a b c] c c}. */
  REPLICATE {
    @Override
    int source(int i, int n) {
      return Math.min(Math.max(i, 0), n - 1);
    }

    @Override
    int widest(int n) {
      return n == 0 ? 0 : Integer.MAX_VALUE;
    }
  };

  /** Returns the index below n that index i, perhaps outside, of a padded axis shows. */
  abstract int source(int i, int n);

  /** Returns the widest border that an axis of size n can have. */
  abstract int widest(int n);
}
