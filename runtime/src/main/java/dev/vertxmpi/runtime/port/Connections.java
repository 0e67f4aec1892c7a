package dev.vertxmpi.runtime.port;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Root;
import dev.vertxmpi.names.ConnectOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.SpawnOptions;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.call.Calls;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Accept and connect on one communicator.
 *
 * <p>Neither may overtake the other collectives of the communicator, nor hold them up: the group meets in order
 * ({@link Meeting}); what follows has frames and contexts of its own.
 */
public final class Connections {

  /** Makes the intercommunicator when both sides are ready. */
  @FunctionalInterface
  public interface Joiner {

    /**
     * Makes it.
     *
     * @param local the caller's own group, in the context of the connection
     * @param remote the other group
     * @param server whether this is the accepting side
     * @param onEnd to be run once when it is disconnected or freed
     * @return the intercommunicator
     */
    Intercommunicator join(Members local, Group remote, boolean server, Runnable onEnd);
  }

  private static final String ACCEPT = "MPI_Comm_accept";
  private static final String CONNECT = "MPI_Comm_connect";

  private final Rank rank;
  private final Calls calls;
  private final Intracommunicator comm;
  private final Members members;
  private final Joiner joiner;

  /**
   * For a communicator.
   *
   * @param rank of the caller
   * @param calls of the communicator
   * @param comm where the group meets
   * @param members of the communicator
   * @param joiner makes intercommunicators
   */
  public Connections(Rank rank, Calls calls, Intracommunicator comm, Members members, Joiner joiner) {
    this.rank = rank;
    this.calls = calls;
    this.comm = comm;
    this.members = members;
    this.joiner = joiner;
  }

  /**
   * See {@link Intracommunicator#accept(Port, Root)}.
   *
   * @param port significant at the root
   * @param root who opened the port
   * @param options deadline and cancel scope
   * @return the connection
   */
  public Future<Intercommunicator> accept(Port port, Root root, CallOptions options) {
    MpiException wrong = wrongRoot(root);
    boolean atRoot = wrong == null && number(root) == members.rank();
    OpenPort open = atRoot && port != null ? Door.find(rank.node(), port.id()) : null;
    if (atRoot) {
      wrong = wrongAccept(port, open);
    }
    return begin(ACCEPT, root, wrong, options, (call, meeting) -> {
      if (atRoot) {
        new AcceptCall(this, call, meeting, open).start();
      } else {
        follow(call, meeting, number(root));
      }
    });
  }

  private MpiException wrongAccept(Port port, OpenPort open) {
    if (port == null) {
      return new MpiException(ErrorClass.PORT, "port must not be null at the root");
    }
    return open == null || !open.isOpen() || !open.isOpenedBy(rank)
        ? new MpiException(ErrorClass.PORT, "port must be one that the root has opened and not closed")
        : null;
  }

  /**
   * See {@link Intracommunicator#connect(Port, ConnectOptions, Root)}.
   *
   * @param port significant at the root
   * @param connect significant at the root
   * @param root whose port counts
   * @param options deadline and cancel scope
   * @return the connection
   */
  public Future<Intercommunicator> connect(Port port, ConnectOptions connect, Root root, CallOptions options) {
    MpiException wrong = wrongRoot(root);
    boolean atRoot = wrong == null && number(root) == members.rank();
    if (atRoot && (port == null || connect == null)) {
      wrong = new MpiException(port == null ? ErrorClass.PORT : ErrorClass.ARG,
          (port == null ? "port" : "options") + " must not be null at the root");
    }
    ConnectOptions kept = atRoot && connect != null ? new ConnectOptions(connect) : null;
    return begin(CONNECT, root, wrong, options, (call, meeting) -> {
      if (atRoot) {
        new ConnectCall(this, call, meeting, port, kept).start();
      } else {
        follow(call, meeting, number(root));
      }
    });
  }

  /**
   * See {@link Intracommunicator#spawn} and {@link Intracommunicator#spawnMultiple}.
   *
   * @param procedure which of the two
   * @param programs significant at the root
   * @param root who starts them
   * @param options deadline and cancel scope
   * @return the connection
   */
  public Future<Intercommunicator> spawn(String procedure, List<SpawnOptions> programs, Root root,
      CallOptions options) {
    MpiException wrong = wrongRoot(root);
    boolean atRoot = wrong == null && number(root) == members.rank();
    if (atRoot) {
      wrong = Placement.wrong(programs);
    }
    List<SpawnOptions> kept = atRoot && wrong == null ? programs.stream().map(SpawnOptions::new).toList() : List.of();
    return begin(procedure, root, wrong, options, (call, meeting) -> {
      if (atRoot) {
        new SpawnCall(this, call, meeting, kept).start();
      } else {
        follow(call, meeting, number(root));
      }
    });
  }

  private MpiException wrongRoot(Root root) {
    return root instanceof Root.Rank(int number) && number >= 0 && number < members.size() ? null
        : new MpiException(ErrorClass.ROOT, "root must be a rank from 0 to " + (members.size() - 1) + ", but is "
            + root);
  }

  private static int number(Root root) {
    return ((Root.Rank) root).rank();
  }

  private Future<Intercommunicator> begin(String procedure, Root root, MpiException wrong, CallOptions options,
      BiConsumer<Call<Intercommunicator>, UUID> next) {
    JsonObject said = wrong != null
        ? Meeting.failed(procedure, wrong)
        : Meeting.ready(procedure, number(root), number(root) == members.rank());
    Future<UUID> met = Meeting.meet(comm, said, options);
    return calls.begin(procedure, options, null, call -> {
      Early early = new Early();
      // The meeting has the same deadline and cancel scope, and lets go of the others when it ends early.
      call.onWithdraw(early::set);
      met.onComplete(outcome -> rank.domain().execute(() -> goOn(call, early, outcome, next)));
    });
  }

  /** Why the caller no longer wants it, while the group still meets. */
  private static final class Early {
    private MpiException why;

    void set(MpiException reason) {
      why = reason;
    }
  }

  private void goOn(Call<Intercommunicator> call, Early early, AsyncResult<UUID> met,
      BiConsumer<Call<Intercommunicator>, UUID> next) {
    if (met.failed()) {
      call.fail(early.why != null ? early.why : met.cause());
      return;
    }
    next.accept(call, met.result());
    if (early.why != null) {
      call.withdraw(early.why);
    }
  }

  private void follow(Call<Intercommunicator> call, UUID meeting, int root) {
    Follower follower = new Follower(rank, members, meeting, root, made -> complete(call, made), call::fail);
    call.onWithdraw(follower::withdraw);
  }

  Rank rank() {
    return rank;
  }

  Members members() {
    return members;
  }

  /** Ends a call well: from here it succeeds whatever the caller wants, because the connection exists. */
  void complete(Call<Intercommunicator> call, Formation made) {
    call.onWithdraw(tooLate -> { });
    made.begin(rank.node()).onComplete(linked -> rank.domain().execute(() -> {
      try {
        call.complete(join(made));
      } catch (RuntimeException e) {
        made.forget(rank.node());
        call.fail(e);
      }
    }));
  }

  private Intercommunicator join(Formation made) {
    return joiner.join(new Members(made.context(), members.group(), members.rank()), made.remoteGroup(), made.server(),
        () -> made.forget(rank.node()));
  }
}
