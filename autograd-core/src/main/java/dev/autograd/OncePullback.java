package dev.autograd;

/** A pullback without a derivative of its own; see {@link Pullback#once}. */
record OncePullback(Pullback pullback) implements Pullback {

  @Override
  public Tensor apply(Tensor g) {
    Tensor value = Autograd.noGrad(() -> pullback.apply(g));
    if (!Recorder.current().recording()) {
      return value;
    }
    Tensor tracked = g.requiresGrad() ? g : g.detach().withGrad();
    return tracked.record(
        "once",
        value.array(),
        h -> {
          throw new IllegalStateException(
              "this pullback was declared once(…): it has no second derivative; write it in tensor"
                  + " operations to get one");
        });
  }
}
