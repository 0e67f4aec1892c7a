package dev.vertxmpi.benchmarks.program;

import static io.vertx.core.Future.await;

import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.spi.ClusterProvider;
import java.util.List;
import java.util.Map;

/** What an idle rank is compared with: a member of the same cluster, of the same cluster manager, without MPI. */
public final class IdleMember {

  private IdleMember() {
  }

  /**
   * Joins the cluster, then sleeps until it is ended.
   *
   * @param args none
   * @throws InterruptedException never
   */
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> variables = System.getenv();
    await(ClusterProvider.get().join(variables.get("VERTX_MPI_CLUSTER"), new MpiOptions().getHost(), 0,
        List.of(variables.get("VERTX_MPI_MEMBERS").split(","))));
    Figures.tell("ready", "rank", Double.parseDouble(variables.get("VERTX_MPI_RANK")));
    Thread.sleep(Long.MAX_VALUE);
  }
}
