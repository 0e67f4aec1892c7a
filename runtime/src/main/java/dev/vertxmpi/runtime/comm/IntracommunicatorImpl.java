package dev.vertxmpi.runtime.comm;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.Collectives;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Root;
import dev.vertxmpi.io.FileOptions;
import dev.vertxmpi.io.MpiFile;
import dev.vertxmpi.names.AcceptOptions;
import dev.vertxmpi.names.ConnectOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.process.SpawnOptions;
import dev.vertxmpi.rma.Window;
import dev.vertxmpi.rma.WindowOptions;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.coll.CollectiveCalls;
import dev.vertxmpi.runtime.coll.CollectiveKind;
import dev.vertxmpi.runtime.p2p.Route;
import dev.vertxmpi.runtime.port.AcceptorStream;
import dev.vertxmpi.runtime.port.Connections;
import dev.vertxmpi.runtime.port.Meetings;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.runtime.rma.Windows;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.FileProvider;
import io.vertx.core.Future;
import io.vertx.core.streams.ReadStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** A communicator of one group. */
public final class IntracommunicatorImpl extends AbstractCommunicator implements Intracommunicator {

  private final Core core;
  private final Ending ending;
  /** How many of each sort were made, counted in the order of the calls. */
  private final Counters made;
  private final Connections connections;

  private record Counters(AtomicLong dups, AtomicLong windows, Meetings meetings) {
  }

  /**
   * A communicator that lives as long as its rank: {@link dev.vertxmpi.Mpi#world()} and
   * {@link dev.vertxmpi.Mpi#self()}.
   *
   * @param rank of the caller
   * @param members of the communicator
   * @param codecs of the rank
   */
  public IntracommunicatorImpl(Rank rank, Members members, CodecRegistry codecs) {
    this(rank, members, codecs, "the communicators world and self cannot be freed");
  }

  private IntracommunicatorImpl(Rank rank, Members members, CodecRegistry codecs, String permanent) {
    this(new Core(rank, codecs, Route.within(rank, members), "", ""), permanent, members);
    core.open();
  }

  private IntracommunicatorImpl(Core core, String permanent, Members members) {
    this(core, new Ending(core, permanent), new Counters(new AtomicLong(), new AtomicLong(), new Meetings()), members,
        new CallOptions());
  }

  private IntracommunicatorImpl(Core core, Ending ending, Counters made, Members members, CallOptions options) {
    super(core, members, options);
    this.core = core;
    this.ending = ending;
    this.made = made;
    this.connections = new Connections(core.rank(), core.calls(), this, members, (local, remote, server, onEnd) ->
        new IntercommunicatorImpl(core.rank(), local, remote, core.codecs(), server, onEnd), made.meetings());
  }

  @Override
  public Intracommunicator with(CallOptions options) {
    return new IntracommunicatorImpl(core, ending, made, members(), new CallOptions(options));
  }

  @Override
  Collectives collectives(String key) {
    return calls(key);
  }

  private CollectiveCalls calls(String key) {
    return new CollectiveCalls(core.calls(), core.engine(), core.lane(0), core.codecs(), options(), key);
  }

  @Override
  public Future<Intracommunicator> dup() {
    return calls(null).barrier(CollectiveKind.DUP, () ->
        child(members().context().derive("dup", made.dups().incrementAndGet()), members().group()));
  }

  private Intracommunicator child(ContextId context, Group group) {
    Members in = new Members(context, group, group.rankOf(core.rank().id()));
    return new IntracommunicatorImpl(core.rank(), in, core.codecs(), null);
  }

  @Override
  public Future<Intracommunicator> create(Group group, String tag) {
    Objects.requireNonNull(group);
    Objects.requireNonNull(tag);
    return core.calls().begin("MPI_Comm_create_group", options(), null, call -> {
      for (ProcessId member : group.members()) {
        if (members().group().rankOf(member) < 0) {
          throw new MpiException(ErrorClass.GROUP, "group must hold members of the communicator only, but " + member
              + " is none");
        }
      }
      if (group.rankOf(core.rank().id()) < 0) {
        throw new MpiException(ErrorClass.GROUP, "group must hold the caller");
      }
      ContextId context = members().context().derive("create " + group.members() + " " + tag, 0);
      try {
        call.complete(child(context, group));
      } catch (IllegalStateException e) {
        throw new MpiException(ErrorClass.ARG,
            "tag must not be that of a communicator of the same group that is in use", e);
      }
    });
  }

  @Override
  public Future<Window> window(WindowOptions options) {
    Objects.requireNonNull(options);
    ContextId context = members().context().derive("window", made.windows().incrementAndGet());
    return Windows.create(core.rank(), this, members(), context, options);
  }

  @Override
  public Future<MpiFile> open(Path path, FileOptions options) {
    Objects.requireNonNull(path);
    Objects.requireNonNull(options);
    FileProvider files;
    try {
      files = FileProvider.get();
    } catch (MpiException e) {
      return Future.failedFuture(e.in("MPI_File_open"));
    }
    return files.open(core.rank().vertx(), with(new CallOptions()), path, options);
  }

  @Override
  public Future<Intercommunicator> accept(Port port, AcceptOptions options, Root root) {
    Objects.requireNonNull(root);
    return connections.accept(port, options, root, options());
  }

  @Override
  public ReadStream<Intercommunicator> acceptor(Port port, Root root) {
    Objects.requireNonNull(root);
    CancelScope cancel = options().getCancel();
    // A dup that one rank cancels may exist at others: so this one is not cancelled, but freed.
    return AcceptorStream.open(Loops.caller(core.rank().context()), port, root, with(new CallOptions()).dup(),
        stop -> {
          Runnable forget = core.onShut(stop);
          Runnable forgetCancel = cancel == null ? () -> { } : cancel.onCancel(stop);
          return () -> {
            forget.run();
            forgetCancel.run();
          };
        });
  }

  @Override
  public Future<Intercommunicator> connect(Port port, ConnectOptions options, Root root) {
    Objects.requireNonNull(root);
    return connections.connect(port, options, root, options());
  }

  @Override
  public Future<Intercommunicator> spawn(SpawnOptions program, Root root) {
    Objects.requireNonNull(root);
    return connections.spawn("MPI_Comm_spawn", program == null ? null : List.of(program), root, options());
  }

  @Override
  public Future<Intercommunicator> spawnMultiple(List<SpawnOptions> programs, Root root) {
    Objects.requireNonNull(root);
    return connections.spawn("MPI_Comm_spawn_multiple", programs, root, options());
  }

  @Override
  public Future<Void> free() {
    return ending.end(CollectiveKind.FREE, options(), calls(null)::part);
  }
}
