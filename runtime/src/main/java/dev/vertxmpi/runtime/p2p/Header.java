package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.spi.link.Envelope;

/**
 * What a message carries beside its bytes: those fields of the {@link Envelope} that mean something to who matches it.
 *
 * @param flags bits of the layer above
 * @param tag of a message, generation of a key
 * @param sequence of a collective, or first half of its key
 * @param check signature of a message, fingerprint of a collective
 * @param first second half of the key of a collective
 */
public record Header(short flags, int tag, long sequence, long check, long first) {

  static Header of(Envelope envelope) {
    return new Header(envelope.flags(), envelope.tag(), envelope.sequence(), envelope.check(), envelope.first());
  }

  Envelope toEnvelope(byte kind, ContextId context, int source, int target, long number) {
    return new Envelope(kind, flags, context, source, target, tag, sequence, check, first, number);
  }
}
