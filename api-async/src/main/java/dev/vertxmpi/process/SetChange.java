package dev.vertxmpi.process;

import java.util.List;
import java.util.Objects;

/**
 * How a {@link ProcessSet} has changed since the change before. Changes that come faster than they are read are told as
 * one; a process that came and went in between is not mentioned then.
 *
 * @param now the members from now on
 * @param joined who has come, in the order of coming; a replica that was started again is a process of its own
 * @param left who has gone in order: it left the set, or closed its rank
 * @param died who has gone otherwise: its process was killed, or others could not reach it any more and have put it out
 */
public record SetChange(SetSnapshot now, List<ProcessId> joined, List<ProcessId> left, List<ProcessId> died) {

  /** Copies the lists. */
  public SetChange {
    Objects.requireNonNull(now, "now");
    joined = List.copyOf(joined);
    left = List.copyOf(left);
    died = List.copyOf(died);
  }
}
