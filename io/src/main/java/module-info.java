/** Adds parallel files. */
module dev.vertxmpi.fileio {
  requires transitive dev.vertxmpi;
}
