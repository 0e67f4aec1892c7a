package dev.vertxmpi.examples.service;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.MpiJob;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ReplicatedServiceTest {

  private Vertx vertx;
  private HttpClient client;
  private MpiJob job;
  private int port;

  @BeforeEach
  void deploy() throws IOException {
    vertx = Vertx.vertx();
    // A connection for each request, so that every replica gets some.
    client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    job = ReplicatedService.deploy(vertx, port).await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Future<JsonObject> total(String item) {
    return client.request(HttpMethod.GET, port, "127.0.0.1", "/total?item=" + item)
        .compose(request -> request.send())
        .compose(response -> response.statusCode() == 200
            ? response.body().map(body -> body.toJsonObject())
            : Future.failedFuture("status " + response.statusCode()));
  }

  @Test
  void shouldAnswerFromAllReplicas() {
    JsonObject answer = total("pears").await();
    assertEquals(120.0, answer.getDouble("total"));
    assertEquals(3, answer.getInteger("replicas"));
    assertFalse(answer.getBoolean("partial"));
  }

  @Test
  void shouldKeepRequestsApartThatOverlap() {
    List<Future<JsonObject>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(total(Shard.ITEMS.get(i % 3)));
    }
    for (int i = 0; i < 300; i++) {
      assertEquals(60.0 * (i % 3 + 1), answers.get(i).await().getDouble("total"));
    }
  }

  @Test
  void shouldAnswerPartiallyWhenAReplicaIsKilled() {
    List<Future<JsonObject>> during = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      during.add(total("apples"));
    }
    vertx.undeploy(job.deploymentIds().get(2)).await();
    // Requests that the killed replica had taken may end with their connection; all others are answered.
    during.forEach(answer -> await().until(answer::isComplete));
    for (int i = 0; i < 20; i++) {
      JsonObject after = total("apples").await();
      assertEquals(30.0, after.getDouble("total"));
      assertEquals(2, after.getInteger("replicas"));
      assertTrue(after.getBoolean("partial"));
    }
  }

  @Test
  void shouldRefuseAnUnknownItem() {
    HttpClientResponse response = client.request(HttpMethod.GET, port, "127.0.0.1", "/total?item=stones")
        .compose(request -> request.send()).await();
    assertEquals(400, response.statusCode());
  }
}
