/** Measures. */
module dev.vertxmpi.benchmarks {
  requires transitive dev.vertxmpi;
  requires dev.vertxmpi.hazelcast;
  requires dev.vertxmpi.launcher;
  requires info.picocli;
  requires jmh.core;

  opens dev.vertxmpi.benchmarks.cli to info.picocli;

  provides dev.vertxmpi.launcher.CommandProvider with dev.vertxmpi.benchmarks.cli.BenchCommandProvider;
}
