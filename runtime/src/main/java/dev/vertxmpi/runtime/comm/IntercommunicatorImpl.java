package dev.vertxmpi.runtime.comm;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.Collectives;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.coll.CollectiveKind;
import dev.vertxmpi.runtime.coll.InterCalls;
import dev.vertxmpi.runtime.p2p.Route;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;
import io.vertx.core.Future;
import java.util.List;

/**
 * A communicator of two groups. Ranks of the two sides are the same numbers, so each direction has a context, and each
 * group one among itself.
 *
 * <pre>
 *   server group  ---- "to client" ---->  client group
 *                 &lt;---- "to server" ----
 *   "among server"                        "among client"
 * </pre>
 */
public final class IntercommunicatorImpl extends AbstractCommunicator implements Intercommunicator {

  private final Core core;
  private final Ending ending;
  private final Group remote;
  private final boolean server;

  /**
   * An intercommunicator.
   *
   * @param rank of the caller
   * @param local the caller's group, and the context of the connection
   * @param remote the other group
   * @param codecs of the rank
   * @param server whether this is the side that accepted
   * @param onEnd runs once when it is disconnected or freed, in the domain
   */
  public IntercommunicatorImpl(Rank rank, Members local, Group remote, CodecRegistry codecs, boolean server,
      Runnable onEnd) {
    this(core(rank, local, remote, codecs, server, onEnd), local, remote, server);
    core.open();
  }

  private IntercommunicatorImpl(Core core, Members local, Group remote, boolean server) {
    this(core, new Ending(core, null), local, remote, server, new CallOptions());
  }

  private IntercommunicatorImpl(Core core, Ending ending, Members local, Group remote, boolean server,
      CallOptions options) {
    super(core, local, options);
    this.core = core;
    this.ending = ending;
    this.remote = remote;
    this.server = server;
  }

  private static Core core(Rank rank, Members local, Group remote, CodecRegistry codecs, boolean server,
      Runnable onEnd) {
    String here = server ? "server" : "client";
    String there = server ? "client" : "server";
    ContextId context = local.context();
    Route across = new Route(rank, context.derive("to " + here, 0), context.derive("to " + there, 0), local.rank(),
        remote);
    Core core = new Core(rank, codecs, across, " of the " + there, " of the " + here);
    Members among = new Members(context.derive("among " + here, 0), local.group(), local.rank());
    core.addOwnGroup(Route.within(rank, among), " of the " + here);
    core.onShut(onEnd);
    return core;
  }

  @Override
  public Intercommunicator with(CallOptions options) {
    return new IntercommunicatorImpl(core, ending, members(), remote, server, new CallOptions(options));
  }

  @Override
  Collectives collectives(String key) {
    return calls(key);
  }

  private InterCalls calls(String key) {
    return new InterCalls(core.calls(), core.engine(), List.of(core.lane(0), core.lane(1)), core.codecs(), server,
        options(), key);
  }

  /**
   * Whether it has been disconnected or freed, or its rank has ended.
   *
   * @return true from then on; from any thread
   */
  public boolean isShut() {
    return core.isShut();
  }

  @Override
  public int remoteSize() {
    return remote.size();
  }

  @Override
  public Group remoteGroup() {
    return remote;
  }

  @Override
  public Future<Void> free() {
    return ending.end(CollectiveKind.FREE, options(), calls(null)::part);
  }

  @Override
  public Future<Void> disconnect() {
    return ending.end(CollectiveKind.DISCONNECT, options(), calls(null)::part);
  }
}
