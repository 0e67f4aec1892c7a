package dev.vertxmpi.names;

/** Who sees a published name. */
public enum Scope {
  /** The job of the publisher and the jobs that it spawned. */
  LOCAL,
  /** Every job that reaches the same name servers. */
  GLOBAL
}
