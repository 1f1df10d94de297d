/** Matrix products by native libraries, optional: a back end that the core finds as a service. */
module dev.autograd.natives {
  requires dev.autograd;
  requires org.slf4j;

  provides dev.autograd.kernel.Backend with
      dev.autograd.natives.NativeBackend;
}
