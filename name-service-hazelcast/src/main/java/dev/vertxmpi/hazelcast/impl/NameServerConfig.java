package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.PublishingKey;
import java.util.List;
import java.util.Map;

/**
 * The configuration of a name server.
 *
 * <p>Three servers or more keep a name unique while the network between them is cut, by three means together:
 *
 * <pre>
 *   after the cut    0 s ---------------- 3 s ------------------ 5 s -------------------
 *   small side       writes are not       refuses all calls      is alone
 *                    confirmed: fail
 *   large side       writes are not confirmed: repeated          goes on without the others
 * </pre>
 *
 * <ul>
 * <li>A write succeeds when all who keep a copy have confirmed it. Without that word it fails, and never succeeds
 *     silently, as would be Hazelcast's way. There are more copies than the small side can have servers.
 * <li>A server that hears of no more than half of all refuses calls. It does so before it takes the others for gone:
 *     from then on it would wait for no word of theirs.
 * <li>When the sides find each other, what the smaller one has is thrown away. Its clients put their names back, where
 *     nobody has taken them meanwhile.
 * </ul>
 */
final class NameServerConfig {

  /** Hazelcast keeps at most six copies beside the first. */
  static final int MAX_SERVERS = 13;

  private static final String MAJORITY = "vertx-mpi.majority";
  private static final int SILENCE_MILLIS = 3000;

  private static final Map<String, String> PROPERTIES = Map.of(
      // A server that leaves hands over what it keeps, whatever that takes; then peers that do not answer are left.
      "hazelcast.graceful.shutdown.max.wait", "20",
      "hazelcast.max.no.heartbeat.seconds", "5",
      "hazelcast.operation.fail.on.indeterminate.state", "true",
      "hazelcast.operation.backup.timeout.millis", "2000");

  private NameServerConfig() {
  }

  /**
   * Makes it.
   *
   * @param address IP address to listen at
   * @param port 0 for any free one
   * @param peers the other servers, by IP address
   * @param key of those who may publish; null for everybody
   */
  static Config of(String address, int port, List<Endpoint> peers, PublishingKey key) {
    int servers = peers.size() + 1;
    if (servers > MAX_SERVERS) {
      throw new MpiException(ErrorClass.ARG, "peers must be at most " + (MAX_SERVERS - 1) + ", but are "
          + peers.size());
    }
    Config config = MemberConfig.member(NameServers.CLUSTER, address, port, peers);
    PROPERTIES.forEach(config::setProperty);
    if (servers > 2) {
      // With two servers a majority is both, and either's end would be the end of all names.
      config.addSplitBrainProtectionConfig(SplitBrainProtectionConfig
          .newRecentlyActiveSplitBrainProtectionConfigBuilder(MAJORITY, servers / 2 + 1, SILENCE_MILLIS).build());
    }
    config.addMapConfig(HolderExtractor.index(map(NameServers.MAP, servers))).addMapConfig(map(Leases.MAP, servers));
    config.getSerializationConfig().setJavaSerializationFilterConfig(new JavaSerializationFilterConfig())
        .addDataSerializableFactory(PublishGuard.FACTORY_ID, PublishGuard.FACTORY);
    if (key != null) {
      config.getUserContext().put(PublishGuard.KEY, key);
    }
    return config;
  }

  private static MapConfig map(String name, int servers) {
    MapConfig map = new MapConfig(name).setBackupCount(Math.max(2, servers / 2));
    return servers > 2 ? map.setSplitBrainProtectionName(MAJORITY)
        .setMergePolicyConfig(new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName())) : map;
  }
}
