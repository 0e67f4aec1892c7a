package dev.vertxmpi.runtime.offence;

import com.hazelcast.core.HazelcastInstance;
import io.netty.buffer.ByteBuf;
import jcuda.Pointer;

/** Breaks every rule for code outside the API, so that a test can see them broken. */
public interface Offender {

  ByteBuf netty();

  HazelcastInstance hazelcast();

  Pointer jcuda();
}
