/** Programs to read and to run. */
module dev.vertxmpi.examples {
  requires transitive dev.vertxmpi;
  requires dev.vertxmpi.hazelcast;
  requires transitive dev.vertxmpi.launcher;
  requires de.siegmar.fastcsv;
  requires info.picocli;
  requires java.desktop;

  exports dev.vertxmpi.examples.density;
  exports dev.vertxmpi.examples.service;

  opens dev.vertxmpi.examples.density to info.picocli;

  provides dev.vertxmpi.launcher.CommandProvider with dev.vertxmpi.examples.density.DemoCommandProvider;
}
