/** Programs to read and to run. */
module dev.vertxmpi.examples {
  requires dev.vertxmpi;
}
