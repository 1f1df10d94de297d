/** Neural networks: layers, optimisers, data, metrics, training, and their files. */
module dev.autograd.nn {
  requires transitive dev.autograd;
  requires com.fasterxml.jackson.core;
  requires de.siegmar.fastcsv;
  // For a moving bar on terminals, if it is there.
  requires static me.tongfei.progressbar;

  exports dev.autograd.nn;
  exports dev.autograd.nn.data;
  exports dev.autograd.nn.io;
  exports dev.autograd.nn.metrics;
  exports dev.autograd.nn.optim;
  exports dev.autograd.nn.train;
}
