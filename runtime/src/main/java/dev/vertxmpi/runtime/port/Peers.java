package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A group with the addresses of its members, as it travels to the other side. Jobs and nodes come once each:
 *
 * <pre>
 *   jobs       count, then a UUID each
 *   nodes      count, then each: UUID, number of endpoints, then each: name and endpoint (texts)
 *   processes  count, then each: index of the job, index of the node, rank, incarnation
 *   root       index of the process that speaks for the group
 * </pre>
 *
 * @param members by rank
 * @param places where each of them is
 * @param root rank of the one that speaks for them
 */
record Peers(List<ProcessId> members, List<NodeAddress> places, int root) {

  private static final int MAX_ENDPOINTS = 16;
  private static final int MAX_ENDPOINT = 256;

  /** A group as this node knows it. */
  static Peers of(Node node, Group group, int root) {
    List<NodeAddress> places = new ArrayList<>(group.size());
    for (ProcessId member : group.members()) {
      places.add(node.whereIs(member).orElseThrow(() -> new MpiException(ErrorClass.PROC_FAILED,
          "the process " + member + " of the group is gone")));
    }
    return new Peers(group.members(), places, root);
  }

  ProcessId rootProcess() {
    return members.get(root);
  }

  NodeAddress rootPlace() {
    return places.get(root);
  }

  /** The nodes, each once. */
  Collection<NodeAddress> nodes() {
    Map<NodeId, NodeAddress> nodes = new LinkedHashMap<>();
    places.forEach(place -> nodes.putIfAbsent(place.id(), place));
    return nodes.values();
  }

  /**
   * Refuses a group that says of a process we know that it lives elsewhere, or that claims a process of our own job
   * that we do not know: nobody may move another's processes, and none of ours comes from outside.
   */
  void mustAgreeWith(Node node, UUID job) {
    for (int i = 0; i < members.size(); i++) {
      ProcessId member = members.get(i);
      NodeId claimed = places.get(i).id();
      boolean agrees = node.whereIs(member).map(known -> known.id().equals(claimed))
          .orElse(!member.job().equals(job));
      if (!agrees) {
        throw new MpiException(ErrorClass.PORT, "the other side claims the process " + member
            + " for a node where it does not live");
      }
    }
  }

  /** Refuses a group that is too large for the frames of a connection. */
  void mustFit() {
    WireWriter out = new WireWriter();
    write(out);
    out.mustFit();
  }

  void write(WireWriter out) {
    Map<UUID, Integer> jobs = new LinkedHashMap<>();
    Map<NodeId, Integer> nodeIndex = new LinkedHashMap<>();
    members.forEach(member -> jobs.putIfAbsent(member.job(), jobs.size()));
    out.number(jobs.size());
    jobs.keySet().forEach(out::uuid);
    places.forEach(place -> nodeIndex.putIfAbsent(place.id(), nodeIndex.size()));
    out.number(nodeIndex.size());
    nodes().forEach(node -> writeNode(out, node));
    out.number(members.size());
    for (int i = 0; i < members.size(); i++) {
      ProcessId member = members.get(i);
      out.number(jobs.get(member.job())).number(nodeIndex.get(places.get(i).id())).number(member.rank())
          .number(member.incarnation());
    }
    out.number(root);
  }

  private static void writeNode(WireWriter out, NodeAddress node) {
    out.uuid(node.id().value()).number(node.endpoints().size());
    node.endpoints().forEach((link, endpoint) -> out.text(link).text(endpoint));
  }

  static Peers read(WireReader in) {
    List<UUID> jobs = new ArrayList<>();
    for (int left = in.count(1, 16, "jobs"); left > 0; left--) {
      jobs.add(in.uuid());
    }
    List<NodeAddress> nodes = new ArrayList<>();
    HashSet<NodeId> seen = new HashSet<>();
    for (int left = in.count(1, 20, "nodes"); left > 0; left--) {
      NodeAddress node = readNode(in);
      if (!seen.add(node.id())) {
        throw WireReader.malformed("a node comes twice");
      }
      nodes.add(node);
    }
    int size = in.count(1, 16, "processes");
    List<ProcessId> members = new ArrayList<>(size);
    List<NodeAddress> places = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      UUID job = jobs.get(in.index(jobs.size(), "jobs"));
      places.add(nodes.get(in.index(nodes.size(), "nodes")));
      members.add(new ProcessId(job, in.number(), in.number()));
    }
    if (new HashSet<>(members).size() != size) {
      throw WireReader.malformed("a process comes twice");
    }
    return new Peers(List.copyOf(members), List.copyOf(places), in.index(size, "processes"));
  }

  private static NodeAddress readNode(WireReader in) {
    NodeId id = new NodeId(in.uuid());
    int endpoints = in.count(0, 4, "endpoints");
    if (endpoints > MAX_ENDPOINTS) {
      throw WireReader.malformed("a node has " + endpoints + " endpoints");
    }
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < endpoints; i++) {
      String link = in.text();
      String endpoint = in.text();
      if (link.length() > MAX_ENDPOINT || endpoint.length() > MAX_ENDPOINT) {
        throw WireReader.malformed("an endpoint is longer than " + MAX_ENDPOINT + " characters");
      }
      map.put(link, endpoint);
    }
    return new NodeAddress(id, map);
  }
}
