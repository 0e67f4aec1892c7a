package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.config.AttributeConfig;
import com.hazelcast.config.CacheDeserializedValues;
import com.hazelcast.config.IndexConfig;
import com.hazelcast.config.IndexType;
import com.hazelcast.config.MapConfig;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import com.hazelcast.query.extractor.ValueCollector;
import com.hazelcast.query.extractor.ValueExtractor;

/**
 * Tells name servers who holds a name, for an index: so when somebody leaves, what he held is found without a look at
 * every name, which would keep lookups waiting.
 */
public final class HolderExtractor implements ValueExtractor<Object, Object> {

  private static final String ATTRIBUTE = "holder";
  private static final String BEFORE = "\"" + ATTRIBUTE + "\":\"";

  /** Used by Hazelcast. */
  public HolderExtractor() {
  }

  /** Adds the index. It keeps no values read, which would be as large as the names themselves once more. */
  static MapConfig index(MapConfig names) {
    return names.setCacheDeserializedValues(CacheDeserializedValues.NEVER)
        .addAttributeConfig(new AttributeConfig(ATTRIBUTE, HolderExtractor.class.getName()))
        .addIndexConfig(new IndexConfig(IndexType.HASH, ATTRIBUTE));
  }

  /** Matches the values of one holder, in a map with the index. */
  static Predicate<String, Object> heldBy(String holder) {
    return Predicates.equal(ATTRIBUTE, holder);
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public void extract(Object target, Object argument, ValueCollector collector) {
    // Runs at every write. Holders have no quotes in them, and within a string of JSON a quote has a backslash.
    if (target instanceof String value) {
      int start = value.indexOf(BEFORE) + BEFORE.length();
      int end = start < BEFORE.length() ? -1 : value.indexOf('"', start);
      if (end >= 0) {
        collector.addObject(value.substring(start, end));
      }
    }
  }
}
