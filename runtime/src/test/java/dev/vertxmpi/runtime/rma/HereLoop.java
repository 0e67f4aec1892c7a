package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.runtime.progress.ProgressLoop;

/** A loop that is wherever the test is. */
final class HereLoop implements ProgressLoop {

  @Override
  public boolean isHere() {
    return true;
  }

  @Override
  public boolean hasTasks() {
    return false;
  }

  @Override
  public void soon(Runnable turn) {
    turn.run();
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }
}
