/** What tests of derivatives need: generators, random graphs, and bugs that a check must find. */
module dev.autograd.testkit {
  requires transitive dev.autograd;
  requires transitive net.jqwik.api;

  exports dev.autograd.testkit;
}
