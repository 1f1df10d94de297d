/** Neural networks: layers, optimisers, data, metrics, and their files. */
module dev.autograd.nn {
  requires transitive dev.autograd;
  requires com.fasterxml.jackson.core;
  requires de.siegmar.fastcsv;

  exports dev.autograd.nn;
  exports dev.autograd.nn.data;
  exports dev.autograd.nn.io;
  exports dev.autograd.nn.metrics;
  exports dev.autograd.nn.optim;
}
