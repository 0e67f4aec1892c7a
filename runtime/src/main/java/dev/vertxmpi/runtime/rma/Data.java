package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.MemorySegment;

/**
 * The data of a part that came from a peer, and where it belongs: all of it inside the window.
 *
 * @param bytes packed; empty for a part that asks
 * @param length of the data
 * @param first byte in the window
 * @param layout null for one block at {@code first}
 */
record Data(MemorySegment bytes, int length, long first, PartLayout layout) {

  private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

  /**
   * Reads a part that brings data.
   *
   * @throws IllegalArgumentException where the payload is malformed
   * @throws MpiException {@link ErrorClass#RMA_RANGE} where a byte lies outside the window
   */
  static Data of(Envelope envelope, MemorySegment payload, MemorySegment window) {
    if ((envelope.flags() & RmaFrames.LAYOUT) == 0) {
      checkRange(envelope.first(), payload.byteSize(), window);
      return new Data(payload, (int) payload.byteSize(), envelope.first(), null);
    }
    Varint reader = new Varint(payload);
    PartLayout layout = PartLayout.decode(reader);
    if (layout.bytes() != reader.remaining()) {
      throw new IllegalArgumentException("a layout of " + layout.bytes() + " bytes does not fit " + reader.remaining()
          + " bytes of data");
    }
    return checked(envelope, layout, payload.asSlice(reader.position()), window);
  }

  /**
   * Reads a part that asks for data.
   *
   * @throws IllegalArgumentException where the request is malformed
   * @throws MpiException {@link ErrorClass#RMA_RANGE} where a byte lies outside the window
   */
  static Data asked(Envelope envelope, MemorySegment payload, MemorySegment window) {
    long length = envelope.second();
    if (length < 0 || length > Envelope.MAX_PAYLOAD) {
      throw new IllegalArgumentException("a part of " + length + " bytes, but the limit is " + Envelope.MAX_PAYLOAD);
    }
    if ((envelope.flags() & RmaFrames.LAYOUT) == 0) {
      checkRange(envelope.first(), length, window);
      return new Data(NOTHING, (int) length, envelope.first(), null);
    }
    Varint reader = new Varint(payload);
    PartLayout layout = PartLayout.decode(reader);
    if (layout.bytes() != length || reader.remaining() > 0) {
      throw new IllegalArgumentException("a layout of " + layout.bytes() + " bytes does not fit a part of " + length);
    }
    return checked(envelope, layout, NOTHING, window);
  }

  private static Data checked(Envelope envelope, PartLayout layout, MemorySegment bytes, MemorySegment window) {
    if (!layout.isWithin(envelope.first(), window.byteSize())) {
      throw outside(window);
    }
    return new Data(bytes, (int) layout.bytes(), envelope.first(), layout);
  }

  static void checkRange(long first, long length, MemorySegment window) {
    if (first < 0 || first > window.byteSize() - length) {
      throw outside(window);
    }
  }

  private static MpiException outside(MemorySegment window) {
    return new MpiException(ErrorClass.RMA_RANGE, "the part leaves the window of " + window.byteSize() + " bytes");
  }

  boolean isBlock() {
    return layout == null;
  }

  /**
   * Checks that no block cuts an element.
   *
   * @param elementSize in bytes
   * @return this
   * @throws IllegalArgumentException where one does
   */
  Data inWhole(int elementSize) {
    forEach((place, packed, bytesOfBlock) -> {
      if (bytesOfBlock % elementSize != 0) {
        throw new IllegalArgumentException("a block of " + bytesOfBlock + " bytes cuts an element of " + elementSize);
      }
    });
    return this;
  }

  void forEach(PartLayout.BlockConsumer consumer) {
    if (layout != null) {
      layout.forEach(first, consumer);
    } else if (length > 0) {
      consumer.accept(first, 0, length);
    }
  }
}
