package dev.vertxmpi.process;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiProcedure;
import io.vertx.core.Future;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;

/**
 * A named set of processes that come and go: the replicas of a service, say, of whatever jobs they are. Got from
 * {@link dev.vertxmpi.Mpi#processSet}, which looks on; {@link #join} makes the rank a member.
 *
 * <p>Whoever has it open sees one series of <b>epochs</b>: each process that comes or goes makes the next one, and an
 * epoch stands for the same members, in the same order, everywhere.
 *
 * <pre>
 *   epoch      7            8               9                10
 *   members    A B          A B C           A C              A C D
 *   because                 C has joined    B has died       D has joined: B started again
 *   changes                 joined C        died B           joined D
 *   of 7       A and B use a communicator of epoch 7 ...
 *                           it is as good   it fails A with PROC_FAILED
 *                           as before
 * </pre>
 *
 * <p><b>Scale-out.</b> A newcomer changes nothing for communicators that exist: operations under way complete among
 * those who began them, and new ones may begin. {@link #changes} tells of it, and those who want to work with the
 * newcomer make a communicator of the new epoch.
 *
 * <p><b>A member that goes in the middle of an allreduce</b>, or of anything else: every other rank of the communicator
 * that needs it gets {@link ErrorClass#PROC_FAILED}, with its rank; nobody waits longer than it takes to notice the
 * death. A killed process is noticed as its sockets close; one that fell silent, within
 * {@link dev.vertxmpi.MpiOptions#getFailureTimeout()}. It is gone from the set within 3 seconds of being killed, at
 * once where a member was connected to it; within 7 where others had just joined, since the cluster may still be moving
 * the set then. The communicator stays broken: make one of the next epoch.
 *
 * <p><b>A restart</b> is a death and a newcomer. The new process has another {@link ProcessId} and begins at the end of
 * the order; it takes over nothing of the old one, whose messages, if any still come, are never taken for its own.
 *
 * <p><b>Put out.</b> Whom a member could not reach any more is put out of the set as dead, because a communicator with
 * it could not be made. Where it lives it finds itself in {@link SetChange#died()}; it cannot come back under the same
 * id, only with a new rank, by {@link dev.vertxmpi.Mpi#init}.
 *
 * <p>Where sets are kept: in the cluster of the {@code Vertx}, if it is clustered; else in this JVM. Calls settle on
 * the context of the caller. They fail with {@link ErrorClass#SERVICE} where the cluster does not answer, and with
 * {@link ErrorClass#GROUP} once the set is closed.
 */
public interface ProcessSet {

  /** How long {@link #communicator} waits for the other members, unless it is told otherwise. */
  Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /**
   * A view with a deadline or a cancel scope for its calls.
   *
   * @param options copied
   * @return the same set
   */
  ProcessSet with(CallOptions options);

  /**
   * Its name.
   *
   * @return such as {@code svc://orders}
   */
  String uri();

  /**
   * The members as this rank knows them now, without asking anybody.
   *
   * @return epoch and group; not necessarily with this rank in it
   */
  @MpiProcedure("MPI_Group_from_session_pset")
  SetSnapshot snapshot();

  /**
   * Makes this rank a member, the last in the order. It stays one until it leaves, closes the set or ends.
   *
   * @return the members with this rank; the same where it is one already; {@link ErrorClass#PROC_FAILED} where it has
   *     been put out of the set as dead
   */
  Future<SetSnapshot> join();

  /**
   * Ends the membership of this rank. Its communicators stay as they are. It may join again.
   *
   * @return settles when others can see it; at once where it is no member
   */
  Future<Void> leave();

  /**
   * How the set changes: first the present members, as joined, then every change. Begins when a handler is set, which
   * runs on the context of this rank, and ends when the handler is taken away or the set is closed.
   *
   * @return a stream for one handler; each call gives another one
   */
  ReadStream<SetChange> changes();

  /**
   * Makes a communicator of members: collective over the members in the snapshot, each of which must call this with the
   * same snapshot and tag. There is no parent, and nothing to agree upon but who is there: the context is derived from
   * name, epoch, members, tag and a number of rank 0. Member {@code i} of the group has rank {@code i}.
   *
   * <p>The outcome is the same everywhere, and rank 0 decides on it: either all have the communicator, or none. The
   * call fails
   *
   * <ul>
   *   <li>with {@link ErrorClass#TIMEOUT} when not all have called within the deadline of one of them (that of
   *       {@link #with}, else {@link #DEFAULT_TIMEOUT}). It names the missing, also by
   *       {@link dev.vertxmpi.MpiException#ranks()}. Who is late waits one more round trip for the word of rank 0;</li>
   *   <li>with {@link ErrorClass#PROC_FAILED} as soon as a member has died, left or been put out, naming it;</li>
   *   <li>with {@link ErrorClass#GROUP} as soon as a member that is missing has called for a newer epoch: nobody goes
   *       back, so it would never come. Take the newer snapshot. Also where this rank is not in the snapshot, or the
   *       epoch is newer than any that this rank knows;</li>
   *   <li>with {@link ErrorClass#ARG} where this rank has a communicator of that snapshot and tag, or makes one;</li>
   *   <li>with {@link ErrorClass#CANCELLED} when one of them has cancelled its call.</li>
   * </ul>
   *
   * <p>A group of some of the members will do: make a {@link SetSnapshot} of it with the same name and epoch.
   *
   * @param of this rank among them; all must still be members
   * @param tag tells communicators of the same snapshot apart; may be empty
   * @return the communicator; freed by {@code free}, and not by closing the set
   */
  @MpiProcedure("MPI_Comm_create_from_group")
  Future<Intracommunicator> communicator(SetSnapshot of, String tag);

  /**
   * Makes the communicator of members with an empty tag.
   *
   * @param of this rank among them
   * @return as {@link #communicator(SetSnapshot, String)}
   */
  default Future<Intracommunicator> communicator(SetSnapshot of) {
    return communicator(of, "");
  }

  /**
   * Leaves the set and looks on no more. Streams of changes end; communicators being made fail; those that exist stay.
   *
   * @return settles when others can see it
   */
  Future<Void> close();
}
