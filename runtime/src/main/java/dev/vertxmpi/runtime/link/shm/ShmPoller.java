package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.runtime.progress.Pollable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/** Looks at the rings of an endpoint from the loop of a rank. */
@SuppressWarnings("ReferenceEquality") // Threads and arrays are themselves.
final class ShmPoller implements Pollable {

  private static final ShmIncoming[] NONE = new ShmIncoming[0];

  /** After so many looks in a row that found something, those to whom was sent meanwhile are looked at. */
  private static final int LONGEST_BURST = 64;

  /** So often it is seen to that receivers go on, by a loop that never sleeps. */
  private static final int WATCH_EVERY = 1 << 14;

  private static final VarHandle POLLS;

  static {
    try {
      POLLS = MethodHandles.lookup().findVarHandle(ShmPoller.class, "polls", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ShmEndpoint endpoint;
  private final List<Outgoing> unfenced = new ArrayList<>();
  private ShmIncoming[] rings = NONE;
  private int burst;
  private Thread thread;
  private long polls;

  ShmPoller(ShmEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Whether the caller is the thread that polls. */
  boolean isHere() {
    return thread == Thread.currentThread();
  }

  /** Grows while the loop polls. From any thread. */
  long polls() {
    return (long) POLLS.getOpaque(this);
  }

  @Override
  public boolean poll() {
    POLLS.setOpaque(this, polls + 1);
    ShmIncoming[] now = endpoint.rings();
    if (now != rings) {
      adopt(now);
    }
    boolean any = false;
    for (ShmIncoming incoming : now) {
      any |= incoming.poll();
    }
    if (endpoint.anyWaits()) {
      any |= flush();
    }
    if (!unfenced.isEmpty() && (!any || ++burst > LONGEST_BURST)) {
      wakeReceivers();
    }
    if (polls % WATCH_EVERY == 0) {
      endpoint.watchStuck();
    }
    return any;
  }

  private void adopt(ShmIncoming[] now) {
    thread = Thread.currentThread();
    rings = now;
    for (ShmIncoming incoming : now) {
      incoming.state(RingDescriptor.AWAKE);
    }
  }

  private boolean flush() {
    boolean any = false;
    for (Outgoing out : endpoint.waiting()) {
      any |= out.flush();
    }
    return any;
  }

  /** A frame was sent without a fence. */
  void looksLater(Outgoing out) {
    unfenced.add(out);
  }

  private void wakeReceivers() {
    burst = 0;
    for (Outgoing out : unfenced) {
      out.unfenced = false;
      out.wakeIfAsleep(true);
    }
    unfenced.clear();
  }

  @Override
  public boolean arm() {
    wakeReceivers();
    for (Outgoing out : endpoint.waiting()) {
      out.waitForSpace();
    }
    boolean any = endpoint.rings() != rings;
    for (ShmIncoming incoming : rings) {
      any |= !incoming.sleep(RingDescriptor.LOOP_ASLEEP);
    }
    if (any || (endpoint.anyWaits() && flush())) {
      disarm();
      return false;
    }
    endpoint.watchOutgoing();
    return true;
  }

  @Override
  public void disarm() {
    for (ShmIncoming incoming : rings) {
      incoming.state(RingDescriptor.AWAKE);
    }
  }
}
