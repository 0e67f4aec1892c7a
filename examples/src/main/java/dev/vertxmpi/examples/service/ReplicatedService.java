package dev.vertxmpi.examples.service;

import dev.vertxmpi.MpiJob;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Three replicas behind one HTTP port: {@code curl "http://127.0.0.1:8080/total?item=apples"}. */
public final class ReplicatedService {

  private ReplicatedService() {
  }

  /**
   * Starts the service.
   *
   * @param args the HTTP port, 8080 where missing
   */
  public static void main(String[] args) {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
    Vertx vertx = Vertx.vertx();
    deploy(vertx, port)
        .onSuccess(job -> System.out.println("try: curl 'http://127.0.0.1:" + port + "/total?item=apples'"))
        .onFailure(failure -> {
          System.err.println(failure.getMessage());
          vertx.close();
        });
  }

  /**
   * Deploys three replicas.
   *
   * @param vertx where they run
   * @param port the HTTP port that they share
   * @return the job, for undeploying a replica
   */
  static Future<MpiJob> deploy(Vertx vertx, int port) {
    return MpiJob.deploy(vertx, 3, () -> new Replica(port));
  }
}
