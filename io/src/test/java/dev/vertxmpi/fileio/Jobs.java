package dev.vertxmpi.fileio;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.runtime.link.Links;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;

/** Real ranks in this JVM that reach each other by one sort of link. */
final class Jobs {

  private Jobs() {
  }

  static <T> Future<List<T>> start(Vertx vertx, String link, ThreadingModel threading, int ranks,
      Function<Intracommunicator, Future<T>> body) {
    Assumptions.assumeTrue(Links.has(link), () -> "the link " + link + " is not tested");
    JobOptions options = new JobOptions().setRanks(ranks).setThreading(threading)
        .setMpi(new MpiOptions().setLinks(List.of(link)));
    return MpiJob.run(vertx, options, mpi -> body.apply(mpi.world()));
  }
}
