/** The command line, and the start of jobs. */
module dev.vertxmpi.launcher {
  requires transitive dev.vertxmpi;
  requires dev.vertxmpi.runtime;
  requires dev.vertxmpi.hazelcast;
  requires dev.vertxmpi.gpu;
  requires dev.vertxmpi.fileio;
  requires info.picocli;
  // Holds sun.misc.Signal, which is used by reflection.
  requires jdk.unsupported;

  exports dev.vertxmpi.launcher;
  exports dev.vertxmpi.launcher.cache to dev.vertxmpi.benchmarks;
  exports dev.vertxmpi.launcher.job to dev.vertxmpi.benchmarks;

  opens dev.vertxmpi.launcher.cli to info.picocli;

  uses dev.vertxmpi.launcher.CommandProvider;
  uses dev.vertxmpi.spi.link.LinkProvider;

  provides dev.vertxmpi.spi.SpawnProvider with dev.vertxmpi.launcher.spawn.ProcessSpawner;
}
