package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicate;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.PublishingKey;

/** The global scope, seen from within a name server, which reads and sweeps but publishes nothing. */
final class ServerBackend implements NameBackend {

  private final HazelcastInstance member;
  private final PublishingKey key;

  /**
   * Of a member.
   *
   * @param key with which all that is published must be signed; null where everybody may publish
   */
  ServerBackend(HazelcastInstance member, PublishingKey key) {
    this.member = member;
    this.key = key;
  }

  @Override
  public IMap<String, Object> map() {
    return member.getMap(NameServers.MAP);
  }

  @Override
  public String holder() {
    throw new UnsupportedOperationException("a name server publishes nothing");
  }

  @Override
  public boolean trusts(String service, String stored) {
    return Seal.fits(service, stored) && (key == null || Seal.holds(key, stored));
  }

  @Override
  public boolean lives(String holder) {
    return Leases.map(member).containsKey(holder);
  }

  @Override
  public Predicate<String, Object> heldBy(String holder) {
    return HolderExtractor.heldBy(holder);
  }

  @Override
  public MpiException explain(Throwable failure) {
    return failure instanceof HazelcastException || failure instanceof HazelcastInstanceNotActiveException
        ? new MpiException(ErrorClass.SERVICE, "the name server cannot answer: " + failure.getMessage(), failure)
        : MpiException.of(failure);
  }

  @Override
  public String scope() {
    return "the global scope";
  }

  @Override
  public void close() {
    // The member belongs to the name server.
  }
}
