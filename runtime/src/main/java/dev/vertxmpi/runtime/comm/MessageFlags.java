package dev.vertxmpi.runtime.comm;

/** Bits of the flags of messages. The check of an exact message is the hash of its signature. */
final class MessageFlags {

  /** The message is an encoded value, not a buffer. */
  static final short VALUE = 1;

  private MessageFlags() {
  }
}
