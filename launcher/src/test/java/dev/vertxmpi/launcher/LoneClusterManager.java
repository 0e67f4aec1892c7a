package dev.vertxmpi.launcher;

import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.shareddata.AsyncMap;
import io.vertx.core.shareddata.Counter;
import io.vertx.core.shareddata.Lock;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.NodeListener;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A cluster of one node, by nobody whom this project knows. Counts who asks it to do what. */
final class LoneClusterManager implements ClusterManager {

  final AtomicInteger joins = new AtomicInteger();
  final AtomicInteger leaves = new AtomicInteger();
  private final String id = UUID.randomUUID().toString();
  private final Map<String, List<RegistrationInfo>> registrations = new ConcurrentHashMap<>();
  private volatile NodeInfo info;

  @Override
  public void init(Vertx vertx) {
    // Nothing to prepare.
  }

  @Override
  public void join(Completable<Void> done) {
    joins.incrementAndGet();
    done.succeed();
  }

  @Override
  public void leave(Completable<Void> done) {
    leaves.incrementAndGet();
    done.succeed();
  }

  @Override
  public boolean isActive() {
    return joins.get() > leaves.get();
  }

  @Override
  public String getNodeId() {
    return id;
  }

  @Override
  public List<String> getNodes() {
    return List.of(id);
  }

  @Override
  public NodeInfo getNodeInfo() {
    return info;
  }

  @Override
  public void getNodeInfo(String node, Completable<NodeInfo> done) {
    done.succeed(info);
  }

  @Override
  public void setNodeInfo(NodeInfo now, Completable<Void> done) {
    info = now;
    done.succeed();
  }

  @Override
  public void nodeListener(NodeListener listener) {
    // Nobody comes or goes.
  }

  @Override
  public void registrationListener(RegistrationListener listener) {
    // Those who register know.
  }

  @Override
  public void addRegistration(String address, RegistrationInfo registration, Completable<Void> done) {
    registrations.computeIfAbsent(address, none -> new CopyOnWriteArrayList<>()).add(registration);
    done.succeed();
  }

  @Override
  public void removeRegistration(String address, RegistrationInfo registration, Completable<Void> done) {
    registrations.getOrDefault(address, List.of()).remove(registration);
    done.succeed();
  }

  @Override
  public void getRegistrations(String address, Completable<List<RegistrationInfo>> done) {
    done.succeed(List.copyOf(registrations.getOrDefault(address, List.of())));
  }

  @Override
  public <K, V> Map<K, V> getSyncMap(String name) {
    return new ConcurrentHashMap<>();
  }

  @Override
  public <K, V> void getAsyncMap(String name, Completable<AsyncMap<K, V>> done) {
    done.fail(new VertxException("no maps here"));
  }

  @Override
  public void getLockWithTimeout(String name, long timeout, Completable<Lock> done) {
    done.fail(new VertxException("no locks here"));
  }

  @Override
  public void getCounter(String name, Completable<Counter> done) {
    done.fail(new VertxException("no counters here"));
  }
}
