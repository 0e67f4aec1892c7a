package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.MapInterceptor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.vertxmpi.names.PublishingKey;

/**
 * Lets only values with a proof into the names map. It stands in the map of every name server, before each write of
 * whichever client, ours or not, and goes to servers that join. The key does not go with it: each server has its own
 * copy, in the user context of its member.
 */
final class PublishGuard implements MapInterceptor, HazelcastInstanceAware, IdentifiedDataSerializable {

  /** Makes guards on the servers that get them; Java serialization is switched off there. */
  static final DataSerializableFactory FACTORY = type -> type == 1 ? new PublishGuard() : null;
  static final int FACTORY_ID = 0x6d706931;

  /** Where the key is, in a member's user context. */
  static final String KEY = "vertx-mpi.publishing-key";

  private static final long serialVersionUID = 1L;

  private transient HazelcastInstance member;

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    member = instance;
  }

  @Override
  public Object interceptPut(Object oldValue, Object newValue) {
    if (member == null || !(member.getUserContext().get(KEY) instanceof PublishingKey key)) {
      throw new SecurityException("other name servers ask for a publishing key, but this one has none");
    }
    if (!(newValue instanceof String stored) || !Seal.holds(key, stored)) {
      throw new SecurityException("the name servers let only those publish who have their publishing key");
    }
    // Null: put it as it is.
    return null;
  }

  @Override
  public Object interceptGet(Object value) {
    return null;
  }

  @Override
  public void afterGet(Object value) {
    // Everybody may read.
  }

  @Override
  public void afterPut(Object value) {
    // Nothing to add.
  }

  @Override
  public Object interceptRemove(Object removedValue) {
    return null;
  }

  @Override
  public void afterRemove(Object oldValue) {
    // Nothing to add.
  }

  @Override
  public int getFactoryId() {
    return FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return 1;
  }

  @Override
  public void writeData(ObjectDataOutput out) {
    // It has nothing of its own.
  }

  @Override
  public void readData(ObjectDataInput in) {
    // As above.
  }

  /** All are one: Hazelcast takes the number into the id by which it knows a guard that is there already. */
  @Override
  public int hashCode() {
    return 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublishGuard;
  }
}
