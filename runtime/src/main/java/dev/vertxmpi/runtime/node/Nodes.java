package dev.vertxmpi.runtime.node;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.runtime.vertx.BlockingWork;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.UUID;

/** Opens nodes. */
public final class Nodes {

  private static final Map<String, LinkProvider> KNOWN = new TreeMap<>();

  static {
    ServiceLoader.load(LinkProvider.class, Nodes.class.getClassLoader())
        .forEach(provider -> KNOWN.put(provider.name(), provider));
  }

  private Nodes() {
  }

  /**
   * Opens a node with the links that the options name.
   *
   * @param vertx for sockets, event bus and timers
   * @param options links, host and failure timeout
   * @param jobKey the secret of the job; copied
   * @param job the job whose ranks live here
   * @return the node; {@link ErrorClass#ARG} where the options name a link that nobody provides
   */
  public static Future<Node> open(Vertx vertx, MpiOptions options, byte[] jobKey, UUID job) {
    List<LinkProvider> chosen;
    try {
      chosen = choose(options.getLinks());
    } catch (MpiException e) {
      return Future.failedFuture(e);
    }
    NodeId id = NodeId.random();
    LinkedNode node = new LinkedNode(id, job, jobKey, new BlockingWork(vertx));
    LinkProvider.LinkContext context = new LinkProvider.LinkContext(vertx, id, options.getHost(), node.keys(), node,
        options.getFailureTimeout(), options.getTls());
    List<Future<LinkEndpoint>> opening = new ArrayList<>();
    chosen.forEach(provider -> opening.add(provider.open(context)));
    return Future.join(opening).transform(outcome -> {
      if (outcome.failed()) {
        return closeOpened(opening).transform(closed -> Future.failedFuture(outcome.cause()));
      }
      Map<String, LinkEndpoint> endpoints = new LinkedHashMap<>();
      for (int i = 0; i < chosen.size(); i++) {
        endpoints.put(chosen.get(i).name(), opening.get(i).result());
      }
      node.start(endpoints);
      return Future.succeededFuture(node);
    });
  }

  /**
   * The name of the secret by which whoever has it may come to a node, whatever else is known of him.
   *
   * @param node who is visited
   * @return for {@link Node#addKey}
   */
  public static String invitation(NodeId node) {
    return "invite:" + node;
  }

  private static List<LinkProvider> choose(List<String> names) {
    List<LinkProvider> chosen = new ArrayList<>();
    for (String name : names) {
      LinkProvider provider = KNOWN.get(name);
      if (provider == null) {
        throw new MpiException(ErrorClass.ARG, "links names \"" + name + "\", but the known links are "
            + KNOWN.keySet());
      }
      if (!chosen.contains(provider)) {
        chosen.add(provider);
      }
    }
    return chosen;
  }

  private static Future<?> closeOpened(List<Future<LinkEndpoint>> opening) {
    return Future.join(opening.stream().filter(Future::succeeded).map(open -> open.result().close()).toList());
  }
}
