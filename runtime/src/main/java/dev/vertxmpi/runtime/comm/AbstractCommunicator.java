package dev.vertxmpi.runtime.comm;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.Collectives;
import dev.vertxmpi.Communicator;
import dev.vertxmpi.Op;
import dev.vertxmpi.PointToPoint;
import dev.vertxmpi.Received;
import dev.vertxmpi.Root;
import dev.vertxmpi.SendMode;
import dev.vertxmpi.Status;
import dev.vertxmpi.memory.Blocks;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.runtime.rank.Members;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A view of a communicator: hands messages and collectives to those who know how. */
abstract class AbstractCommunicator implements Communicator {

  private final Members members;
  private final CallOptions options;
  private final PointToPoint messages;

  AbstractCommunicator(Core core, Members members, CallOptions options) {
    this.members = members;
    this.options = options;
    this.messages = new MessageCalls(core, options);
  }

  /** The collectives, matched by a key, or by order for null. */
  abstract Collectives collectives(String key);

  final Members members() {
    return members;
  }

  final CallOptions options() {
    return options;
  }

  @Override
  public final int rank() {
    return members.rank();
  }

  @Override
  public final int size() {
    return members.size();
  }

  @Override
  public final Group group() {
    return members.group();
  }

  @Override
  public final Collectives keyed(String key) {
    return collectives(Objects.requireNonNull(key));
  }

  @Override
  public final <T> Future<Void> send(T value, int dest, int tag) {
    return messages.send(value, dest, tag);
  }

  @Override
  public final Future<Void> send(MessageBuffer from, int dest, int tag, SendMode mode) {
    return messages.send(from, dest, tag, mode);
  }

  @Override
  public final <T> Future<Received<T>> recv(Class<T> type, int source, int tag) {
    return messages.recv(type, source, tag);
  }

  @Override
  public final Future<Status> recv(MessageBuffer into, int source, int tag) {
    return messages.recv(into, source, tag);
  }

  @Override
  public final Future<Void> barrier() {
    return collectives(null).barrier();
  }

  @Override
  public final <T> Future<T> bcast(Class<T> type, T valueAtRoot, Root root) {
    return collectives(null).bcast(type, valueAtRoot, root);
  }

  @Override
  public final Future<Void> bcast(MessageBuffer buffer, Root root) {
    return collectives(null).bcast(buffer, root);
  }

  @Override
  public final <T> Future<Optional<T>> reduce(T value, Op op, Root root) {
    return collectives(null).reduce(value, op, root);
  }

  @Override
  public final Future<Void> reduce(MessageBuffer from, MessageBuffer into, Op op, Root root) {
    return collectives(null).reduce(from, into, op, root);
  }

  @Override
  public final <T> Future<T> allreduce(T value, Op op) {
    return collectives(null).allreduce(value, op);
  }

  @Override
  public final Future<Void> allreduce(MessageBuffer from, MessageBuffer into, Op op) {
    return collectives(null).allreduce(from, into, op);
  }

  @Override
  public final <T> Future<List<T>> gather(T value, Root root) {
    return collectives(null).gather(value, root);
  }

  @Override
  public final Future<Void> gather(MessageBuffer from, Blocks into, Root root) {
    return collectives(null).gather(from, into, root);
  }

  @Override
  public final <T> Future<List<T>> allgather(T value) {
    return collectives(null).allgather(value);
  }

  @Override
  public final Future<Void> allgather(MessageBuffer from, Blocks into) {
    return collectives(null).allgather(from, into);
  }
}
