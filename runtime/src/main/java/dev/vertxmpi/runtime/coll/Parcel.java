package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.p2p.Bytes;
import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Landing;

/** Data that comes in and goes on: a buffer of the user, or the bytes of a value. */
interface Parcel {

  /** Where it lands. */
  Landing landing();

  /** What to send, once it is here. */
  Cargo cargo();

  /** Whether its length is known, so that no other may come. */
  default boolean isWhole() {
    return true;
  }

  /** No data: a sign. */
  Parcel NOTHING = new Parcel() {
    @Override
    public Landing landing() {
      return Landing.NOWHERE;
    }

    @Override
    public Cargo cargo() {
      return Cargo.NONE;
    }
  };

  /** The data of a buffer. */
  static Parcel of(MessageBuffer buffer) {
    return new Parcel() {
      @Override
      public Landing landing() {
        return Landing.into(buffer);
      }

      @Override
      public Cargo cargo() {
        return Cargo.of(buffer);
      }
    };
  }

  /** Bytes of any length. */
  final class OfBytes implements Parcel {

    private byte[] bytes;
    private final Bytes landing = new Bytes();

    /** Bytes that are here, or null where they are yet to come. */
    OfBytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public Landing landing() {
      return landing;
    }

    @Override
    public Cargo cargo() {
      return Cargo.of(bytes());
    }

    @Override
    public boolean isWhole() {
      return false;
    }

    byte[] bytes() {
      if (bytes == null) {
        bytes = landing.toArray();
      }
      return bytes;
    }
  }
}
