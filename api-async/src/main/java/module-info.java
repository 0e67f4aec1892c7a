/** MPI for the JVM: the interfaces that programs use, and those that implementers provide. */
module dev.vertxmpi {
  requires transitive io.vertx.core;

  exports dev.vertxmpi;
  exports dev.vertxmpi.datatype;
  exports dev.vertxmpi.io;
  exports dev.vertxmpi.memory;
  exports dev.vertxmpi.names;
  exports dev.vertxmpi.process;
  exports dev.vertxmpi.rma;
  exports dev.vertxmpi.spi;
  exports dev.vertxmpi.spi.link;

  uses dev.vertxmpi.spi.ClusterProvider;
  uses dev.vertxmpi.spi.FileProvider;
  uses dev.vertxmpi.spi.MemoryProvider;
  uses dev.vertxmpi.spi.NameServiceProvider;
  uses dev.vertxmpi.spi.RuntimeProvider;
  uses dev.vertxmpi.spi.SetServiceProvider;
  uses dev.vertxmpi.spi.SpawnProvider;
  uses dev.vertxmpi.spi.link.LinkProvider;
}
