package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.process.ContextId;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Says once that a peer breaks the protocol of a window, so that no peer can fill the log. */
final class Complaints {

  private static final Logger LOG = Logger.getLogger(Complaints.class.getName());

  private final ContextId window;
  private boolean said;

  Complaints(ContextId window) {
    this.window = window;
  }

  /** A frame was dropped. */
  void dropped(IllegalArgumentException why) {
    LOG.log(said ? Level.FINE : Level.WARNING, () -> "dropped a frame of window " + window + ": " + why.getMessage());
    said = true;
  }
}
