package dev.autograd.nn.data;

/** Some rows of a data set, numbered anew. */
final class Subset<B> implements Dataset<B> {

  private final Dataset<B> data;
  private final int[] chosen;

  Subset(Dataset<B> data, int... chosen) {
    this.data = data;
    this.chosen = chosen;
  }

  @Override
  public int size() {
    return chosen.length;
  }

  @Override
  public B rows(int... rows) {
    return data.rows(Rows.of(chosen, Rows.requireThere(size(), rows)));
  }
}
