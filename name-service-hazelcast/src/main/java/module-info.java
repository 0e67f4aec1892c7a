/** Keeps published names in Hazelcast. */
module dev.vertxmpi.hazelcast {
  requires transitive dev.vertxmpi;
  requires com.hazelcast.core;
}
