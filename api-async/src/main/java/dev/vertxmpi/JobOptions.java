package dev.vertxmpi;

import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonObject;

/** Options of several ranks in one JVM. */
public final class JobOptions {

  /** One rank. */
  public static final int DEFAULT_RANKS = 1;

  private int ranks = DEFAULT_RANKS;
  private ThreadingModel threading = ThreadingModel.EVENT_LOOP;
  private MpiOptions mpi = new MpiOptions();

  /** One rank on an event loop. */
  public JobOptions() {
  }

  /**
   * A copy.
   *
   * @param other what to copy
   */
  public JobOptions(JobOptions other) {
    this.ranks = other.ranks;
    this.threading = other.threading;
    this.mpi = new MpiOptions(other.mpi);
  }

  /**
   * From JSON.
   *
   * @param json {@code ranks}, {@code threading} (name of a {@link ThreadingModel}), {@code mpi}
   */
  public JobOptions(JsonObject json) {
    setRanks(json.getInteger("ranks", DEFAULT_RANKS));
    this.threading = ThreadingModel.valueOf(json.getString("threading", ThreadingModel.EVENT_LOOP.name()));
    this.mpi = new MpiOptions(json.getJsonObject("mpi", new JsonObject()));
  }

  /**
   * As JSON.
   *
   * @return what {@link #JobOptions(JsonObject)} reads
   */
  public JsonObject toJson() {
    return new JsonObject().put("ranks", ranks).put("threading", threading.name()).put("mpi", mpi.toJson());
  }

  /**
   * The number of ranks.
   *
   * @return at least 1
   */
  public int getRanks() {
    return ranks;
  }

  /**
   * Sets the number of ranks.
   *
   * @param ranks at least 1
   * @return this
   */
  public JobOptions setRanks(int ranks) {
    if (ranks < 1) {
      throw new MpiException(ErrorClass.ARG, "ranks must be at least 1, but is " + ranks);
    }
    this.ranks = ranks;
    return this;
  }

  /**
   * What the ranks run on.
   *
   * @return event loop, worker or virtual thread
   */
  public ThreadingModel getThreading() {
    return threading;
  }

  /**
   * Sets what the ranks run on. Ranks on event loops progress on them; others apart from their handlers.
   *
   * @param threading event loop, worker or virtual thread
   * @return this
   */
  public JobOptions setThreading(ThreadingModel threading) {
    this.threading = threading;
    return this;
  }

  /**
   * The options of each rank.
   *
   * @return not a copy
   */
  public MpiOptions getMpi() {
    return mpi;
  }

  /**
   * Sets the options of each rank.
   *
   * @param mpi links, deadlines, name servers
   * @return this
   */
  public JobOptions setMpi(MpiOptions mpi) {
    this.mpi = mpi;
    return this;
  }
}
