package dev.vertxmpi.rma.offence;

import io.netty.buffer.ByteBuf;

/** Breaks the rules for the API, so that a test can see them broken. */
public interface Offender {

  ByteBuf netty();
}
