/** Neural networks: layers, optimisers, data preparation, metrics. */
module dev.autograd.nn {
  requires transitive dev.autograd;

  exports dev.autograd.nn;
  exports dev.autograd.nn.data;
  exports dev.autograd.nn.optim;
  exports dev.autograd.nn.train;
}
