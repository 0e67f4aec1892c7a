/** Adds parallel files. */
module dev.vertxmpi.fileio {
  requires transitive dev.vertxmpi;

  provides dev.vertxmpi.spi.FileProvider with dev.vertxmpi.fileio.MpiFileProvider;
}
