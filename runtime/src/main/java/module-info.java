/** Makes the interfaces of {@code dev.vertxmpi} run. */
module dev.vertxmpi.runtime {
  requires transitive dev.vertxmpi;
}
