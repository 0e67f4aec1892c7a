/** The command line, and the start of jobs. */
module dev.vertxmpi.launcher {
  requires dev.vertxmpi;
  requires dev.vertxmpi.runtime;
  requires dev.vertxmpi.hazelcast;
  requires dev.vertxmpi.gpu;
  requires dev.vertxmpi.fileio;
  requires info.picocli;
}
