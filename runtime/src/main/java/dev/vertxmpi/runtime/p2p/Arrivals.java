package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;

/**
 * What comes from peers: their messages, what belongs to those, and answers to what was sent. Frames that break a rule
 * are dropped. Belongs to the domain.
 */
final class Arrivals {

  private final Messages messages;
  private final int base;
  private final Inbox inbox;

  /**
   * Nothing has come yet.
   *
   * @param messages gets the answers
   * @param base first code of the frames
   * @param inbox gets the messages
   */
  Arrivals(Messages messages, int base, Inbox inbox) {
    this.messages = messages;
    this.base = base;
    this.inbox = inbox;
  }

  /** A frame whose payload lies where the next one will be: a message that is waited for goes from there. */
  void take(Peer peer, Envelope envelope, MemorySegment memory, long offset, int length) {
    if (envelope.kind() != base + MessageKind.EAGER) {
      take(peer, envelope, memory.asSlice(offset, length));
    } else if (peer.hold(length)) {
      if (inbox.takesNow(peer.rank, envelope, memory, offset, length)) {
        messages.consumed(peer, length);
      } else {
        keep(peer, envelope, length == 0 ? Messages.NOTHING : memory.asSlice(offset, length));
      }
    }
  }

  /** A frame whose payload lies there until this returns. */
  void take(Peer peer, Envelope envelope, MemorySegment payload) {
    long number = envelope.second();
    switch (envelope.kind() - base) {
      case MessageKind.EAGER -> eager(peer, envelope, payload);
      case MessageKind.ANNOUNCE -> announced(peer, envelope, payload);
      case MessageKind.DATA -> {
        Incoming message = peer.announced.get(number);
        if (message != null) {
          message.data(envelope.first(), payload);
        }
      }
      case MessageKind.CREDIT -> peer.returned(envelope.first());
      case MessageKind.WITHDRAW -> withdraw(peer, number);
      case MessageKind.BROKEN -> broken(peer, number);
      default -> messages.answered(peer, envelope);
    }
  }

  private void eager(Peer peer, Envelope envelope, MemorySegment payload) {
    if (peer.hold(payload.byteSize())) {
      keep(peer, envelope, payload.byteSize() == 0 ? Messages.NOTHING : payload);
    }
  }

  private void keep(Peer peer, Envelope envelope, MemorySegment bytes) {
    Incoming message = new Incoming(messages, peer, envelope, bytes, bytes.byteSize());
    inbox.arrived(message);
    message.keep();
  }

  private void announced(Peer peer, Envelope envelope, MemorySegment payload) {
    Announcement announcement = Announcement.decode(payload);
    if (announcement != null && !peer.announced.containsKey(envelope.second())) {
      Incoming message = new Incoming(messages, peer, envelope, null, announcement.length());
      message.region(announcement.region());
      peer.announced.put(envelope.second(), message);
      inbox.arrived(message);
    }
  }

  private void withdraw(Peer peer, long number) {
    Incoming message = peer.announced.get(number);
    if (message != null && !message.isTaken()) {
      end(message, null);
      messages.control(peer.rank, MessageKind.WITHDRAWN, number, 0);
    }
  }

  private void broken(Peer peer, long number) {
    Incoming message = peer.announced.get(number);
    if (message != null) {
      boolean shared = message.isShared();
      end(message, new MpiException(ErrorClass.OTHER, "the sender broke the message off"));
      if (shared) {
        messages.control(peer.rank, MessageKind.TAKEN, number, 0);
      }
    }
  }

  private void end(Incoming message, MpiException why) {
    if (message.isTaken()) {
      message.lost(why);
    } else {
      message.drop();
      inbox.vanished(message);
    }
  }

  /** A peer is gone, and with it what it has announced. */
  void departed(Peer peer) {
    new ArrayList<>(peer.announced.values()).forEach(message -> end(message, Route.gone(peer.rank)));
  }
}
