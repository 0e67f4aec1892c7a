package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.config.Config;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import java.util.List;
import java.util.Map;

/**
 * Configurations of Hazelcast members: all in code, so that no file on the class path changes them.
 *
 * <p>They join by explicit addresses alone, start in a second, use few threads, and drop a member about a second after
 * its process was killed.
 */
final class MemberConfig {

  private static final Map<String, String> COMMON = Map.ofEntries(
      Map.entry("hazelcast.logging.type", "jdk"),
      Map.entry("hazelcast.phone.home.enabled", "false"),
      // Closing is ours: Vert.x and the launcher have their own hooks, and two would race.
      Map.entry("hazelcast.shutdownhook.enabled", "false"),
      // Members of a job leave together, and would wait for each other to take over what nobody needs any more.
      Map.entry("hazelcast.graceful.shutdown.max.wait", "1"),
      // Listen at the given address, not at all of them.
      Map.entry("hazelcast.socket.bind.any", "false"),

      // Joining: no pauses to collect members, and an end to trying.
      Map.entry("hazelcast.wait.seconds.before.join", "0"),
      Map.entry("hazelcast.max.wait.seconds.before.join", "0"),
      Map.entry("hazelcast.connect.all.wait.seconds", "0"),
      Map.entry("hazelcast.max.join.seconds", "30"),
      Map.entry("hazelcast.tcp.join.port.try.count", "1"),
      Map.entry("hazelcast.socket.connect.timeout.seconds", "2"),

      // A killed process: its sockets close, and it is gone when the next heartbeat cannot connect. A silent one: 10 s.
      Map.entry("hazelcast.connection.monitor.interval", "50"),
      Map.entry("hazelcast.connection.monitor.max.faults", "1"),
      Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
      Map.entry("hazelcast.max.no.heartbeat.seconds", "10"),
      // How often the next first member asks for the word of the others, the first times within milliseconds: for
      // about four seconds. Others may notice the end of the first up to a second later than it, and who does not give
      // the word is taken for gone.
      Map.entry("hazelcast.mastership.claim.timeout.seconds", "20"),
      Map.entry("hazelcast.client.max.no.heartbeat.seconds", "15"),

      // Both halves of a cluster that was cut find each other again in seconds.
      Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
      Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),

      // Small data, little to do: few partitions, few threads.
      Map.entry("hazelcast.partition.count", "7"),
      Map.entry("hazelcast.operation.thread.count", "2"),
      Map.entry("hazelcast.operation.generic.thread.count", "2"),
      Map.entry("hazelcast.priority.generic.operation.thread.count", "1"),
      Map.entry("hazelcast.event.thread.count", "1"),
      Map.entry("hazelcast.io.input.thread.count", "1"),
      Map.entry("hazelcast.io.output.thread.count", "1"),
      Map.entry("hazelcast.clientengine.thread.count", "1"),
      Map.entry("hazelcast.clientengine.query.thread.count", "1"),
      Map.entry("hazelcast.clientengine.blocking.thread.count", "1"));

  private MemberConfig() {
  }

  /**
   * What all members have in common.
   *
   * @param clusterName members and clients of other names are refused
   * @param address IP address to listen at
   * @param port 0 for any free one, which the operating system picks: no race
   * @param members whom to ask for the cluster, by IP address
   */
  static Config member(String clusterName, String address, int port, List<Endpoint> members) {
    HazelcastLog.apply();
    Config config = new Config();
    config.setClusterName(clusterName);
    COMMON.forEach(config::setProperty);
    config.setProperty("hazelcast.local.localAddress", address);
    config.getNetworkConfig().setPort(port).setPortAutoIncrement(false).setReuseAddress(port != 0);
    var join = config.getNetworkConfig().getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setMembers(members.stream().map(Endpoint::toString).toList());
    config.getMetricsConfig().setEnabled(false);
    config.getJetConfig().setEnabled(false);
    return config;
  }

  /** A member that carries a clustered Vert.x: as {@link #member}, with the structures that Vert.x needs. */
  static Config vertx(String clusterName, String address, int port, List<Endpoint> members) {
    Config config = member(clusterName, address, port, members);
    // Two backups, because ranks of a killed job die together.
    config.addMultiMapConfig(new MultiMapConfig("__vertx.subs").setBackupCount(2).setValueCollectionType("SET"));
    for (String map : List.of("__vertx.haInfo", "__vertx.nodeInfo", NameTable.MAP_PREFIX + "*", SetTable.MAP)) {
      config.addMapConfig(new MapConfig(map).setBackupCount(2));
    }
    return config;
  }
}
