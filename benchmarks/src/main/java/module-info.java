/** Measures. */
module dev.vertxmpi.benchmarks {
  requires dev.vertxmpi;
  requires jmh.core;
}
