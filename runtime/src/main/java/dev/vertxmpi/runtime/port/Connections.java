package dev.vertxmpi.runtime.port;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Root;
import dev.vertxmpi.names.AcceptOptions;
import dev.vertxmpi.names.ConnectOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.ContextId;
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
  /** Numbers the calls of all views of the communicator in their order. */
  private final Meetings meetings;

  /**
   * For a communicator.
   *
   * @param rank of the caller
   * @param calls of the communicator
   * @param comm where the group meets
   * @param members of the communicator
   * @param joiner makes intercommunicators
   * @param meetings counts the calls of all views of the communicator
   */
  public Connections(Rank rank, Calls calls, Intracommunicator comm, Members members, Joiner joiner,
      Meetings meetings) {
    this.rank = rank;
    this.calls = calls;
    this.comm = comm;
    this.members = members;
    this.joiner = joiner;
    this.meetings = meetings;
  }

  /**
   * See {@link Intracommunicator#accept(Port, AcceptOptions, Root)}.
   *
   * @param port significant at the root
   * @param accept significant at the root
   * @param root who opened the port
   * @param options deadline and cancel scope
   * @return the connection
   */
  public Future<Intercommunicator> accept(Port port, AcceptOptions accept, Root root, CallOptions options) {
    MpiException wrong = wrongRoot(root);
    boolean atRoot = wrong == null && number(root) == members.rank();
    OpenPort open = atRoot && port != null ? Door.find(rank.node(), port.id()) : null;
    if (atRoot) {
      wrong = wrongAccept(port, open, accept);
    }
    AcceptOptions kept = atRoot && accept != null ? new AcceptOptions(accept) : null;
    return begin(ACCEPT, root, wrong, options, (call, meeting) -> {
      if (atRoot) {
        new AcceptCall(this, call, meeting, open, kept).start();
      } else {
        follow(call, meeting, number(root));
      }
    });
  }

  private MpiException wrongAccept(Port port, OpenPort open, AcceptOptions accept) {
    MpiException missing = missing(port, accept);
    if (missing != null) {
      return missing;
    }
    if (open == null || !open.isOpenedBy(rank)) {
      return new MpiException(ErrorClass.PORT, "port must be one that the root has opened and not closed");
    }
    return open.isOpen() ? null : open.closed();
  }

  private static MpiException missing(Port port, Object options) {
    if (port == null) {
      return new MpiException(ErrorClass.PORT, "port must not be null at the root");
    }
    return options == null ? new MpiException(ErrorClass.ARG, "options must not be null at the root") : null;
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
    if (atRoot) {
      wrong = missing(port, connect);
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
      BiConsumer<Call<Intercommunicator>, ContextId> next) {
    Hall hall = new Hall(wrong != null ? Meeting.failed(procedure, wrong) : Meeting.ready(procedure, number(root)),
        wrong != null ? -1 : number(root), options);
    Future<Intercommunicator> result = calls.begin(procedure, options, null, hall::waits);
    hall.met.onComplete(outcome -> rank.domain().execute(() -> meetings.ended(hall.turn, () ->
        hall.goOn(outcome, next))));
    return result;
  }

  /** Where the group meets for one call, and what follows the meeting. */
  private final class Hall {
    private final Meetings.Turn turn = new Meetings.Turn();
    private final JsonObject said;
    private final int root;
    private ContextId meeting;
    private final Future<List<JsonObject>> met;
    /** Null where it has settled before it began. */
    private Call<Intercommunicator> call;
    /** Why the caller no longer wants it, while the group still meets. */
    private MpiException early;

    /** Meets the others. Called where the user called: the order of collectives is that of the calls. */
    Hall(JsonObject said, int root, CallOptions options) {
      this.said = said;
      this.root = root;
      this.met = meetings.begin(turn, number -> {
        meeting = members.context().derive("meeting", number);
        return comm.with(options).allgather(said);
      });
    }

    /** The meeting has the same deadline and cancel scope, and lets go of the others when it ends early. */
    void waits(Call<Intercommunicator> waiting) {
      call = waiting;
      call.onWithdraw(why -> early = why);
    }

    void goOn(AsyncResult<List<JsonObject>> outcome, BiConsumer<Call<Intercommunicator>, ContextId> next) {
      MpiException why = leave(outcome);
      if (call == null) {
        return;
      }
      if (why != null) {
        call.fail(early != null ? early : why);
        return;
      }
      try {
        next.accept(call, meeting);
      } catch (RuntimeException e) {
        call.fail(e);
        return;
      }
      if (early != null) {
        call.withdraw(early);
      }
    }

    /** Why the call fails here; null where all are there. */
    private MpiException leave(AsyncResult<List<JsonObject>> outcome) {
      MpiException why = outcome.failed() ? unnamed(MpiException.of(outcome.cause()))
          : Meeting.disagreement(said, outcome.result());
      if (why != null) {
        rank.node().unbind(meeting, members.rank());
      }
      if (outcome.failed() && root >= 0) {
        // Others may be past the meeting already.
        WireWriter body = new WireWriter().error(why);
        for (int to = 0; to < members.size(); to++) {
          if (to != members.rank() && (members.rank() == root || to == root)) {
            Post.send(rank.node(), members.process(to), to == root ? PortKind.LEAVE : PortKind.FAIL, meeting,
                members.rank(), to, 0, body);
          }
        }
      }
      return why;
    }

    /** The same error without the procedure inside in which it was raised. */
    private MpiException unnamed(MpiException e) {
      return new MpiException(e.errorClass(), e.reason(), e).ranks(e.ranks());
    }
  }

  private void follow(Call<Intercommunicator> call, ContextId meeting, int root) {
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
