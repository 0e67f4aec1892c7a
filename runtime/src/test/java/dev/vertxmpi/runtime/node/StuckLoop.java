package dev.vertxmpi.runtime.node;

import dev.vertxmpi.runtime.progress.ProgressLoop;
import java.util.List;

/** A loop that takes tasks and runs none. */
final class StuckLoop implements ProgressLoop {

  private final List<Runnable> tasks;

  StuckLoop(List<Runnable> tasks) {
    this.tasks = tasks;
  }

  @Override
  public boolean isHere() {
    return false;
  }

  @Override
  public boolean hasTasks() {
    return true;
  }

  @Override
  public void soon(Runnable turn) {
    tasks.add(turn);
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }
}
