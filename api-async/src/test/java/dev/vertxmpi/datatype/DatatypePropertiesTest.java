package dev.vertxmpi.datatype;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.datatype.TypeMap.Entry;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Any datatype agrees with its naive form. */
@Domain(SpecProvider.class)
@Domain(DomainContext.Global.class)
class DatatypePropertiesTest {

  @Property
  void shouldHaveTheBoundsOfTheTypeMap(@ForAll Spec spec) {
    Datatype type = spec.build();
    TypeMap map = spec.map();
    assertEquals(map.size(), type.size());
    assertEquals(map.lower(), type.lowerBound());
    assertEquals(map.extent(), type.extent());
    assertEquals(map.trueLower(), type.trueLowerBound());
    assertEquals(map.trueUpper() - map.trueLower(), type.trueExtent());
    assertEquals(map.entries().size(), type.signature().elements());
  }

  @Property
  void shouldListRunsInTheOrderOfTheTypeMap(@ForAll Spec spec) {
    assertEquals(spec.map().entries(), entries(spec.build()));
  }

  @Property
  void shouldMergeBlocksThatTouch(@ForAll Spec spec) {
    List<Entry> blocks = new ArrayList<>();
    List<Long> lengths = new ArrayList<>();
    for (Run run : spec.build().runs()) {
      assertTrue(run.count() > 0 && run.blockLength() > 0);
      assertEquals(run.count() == 1, run.stride() == 0 && run.count() == 1);
      for (long i = 0; i < run.count(); i++) {
        blocks.add(new Entry(run.offset() + i * run.stride(), run.primitive()));
        lengths.add(run.blockBytes());
      }
    }
    for (int i = 1; i < blocks.size(); i++) {
      assertFalse(blocks.get(i).primitive() == blocks.get(i - 1).primitive()
          && blocks.get(i).offset() == blocks.get(i - 1).offset() + lengths.get(i - 1));
    }
  }

  @Property
  void shouldBeContiguousWhereAllBytesAreInPlace(@ForAll Spec spec) {
    TypeMap map = spec.map();
    long[] places = map.bytePlaces(0, 2);
    boolean inPlace = map.lower() == 0 && map.extent() == map.size();
    for (int i = 0; i < places.length; i++) {
      inPlace &= places[i] == i;
    }
    assertEquals(inPlace, spec.build().isContiguous());
  }

  @Property
  void shouldEqualWhatHasTheSamePlaces(@ForAll Spec spec) {
    Datatype type = spec.build();
    List<Entry> entries = spec.map().entries();
    Datatype flat = Datatype.resized(Datatype.struct(entries.stream().mapToLong(entry -> 1).toArray(),
        entries.stream().mapToLong(Entry::offset).toArray(),
        entries.stream().map(entry -> Datatype.of(entry.primitive())).toList()), type.lowerBound(), type.extent());
    assertEquals(type, flat);
    assertEquals(type.hashCode(), flat.hashCode());
    assertEquals(type.signature(), flat.signature());
    assertNotEquals(type, Datatype.resized(flat, type.lowerBound(), type.extent() + 1));
  }

  @Property
  void shouldDifferWhereOnePlaceDiffers(@ForAll Spec spec, @ForAll int which) {
    List<Entry> entries = spec.map().entries();
    if (entries.isEmpty()) {
      return;
    }
    Datatype type = spec.build();
    int changed = Math.floorMod(which, entries.size());
    long[] places = entries.stream().mapToLong(Entry::offset).toArray();
    places[changed]++;
    Datatype flat = Datatype.resized(Datatype.struct(entries.stream().mapToLong(entry -> 1).toArray(), places,
        entries.stream().map(entry -> Datatype.of(entry.primitive())).toList()), type.lowerBound(), type.extent());
    assertNotEquals(type, flat);
  }

  @Property
  void shouldDescribeItselfInALine(@ForAll Spec spec) {
    String text = spec.build().toString();
    assertTrue(text.length() < 30_000 && !text.contains("\n"), text);
  }

  private static List<Entry> entries(Datatype type) {
    List<Entry> entries = new ArrayList<>();
    for (Run run : type.runs()) {
      for (long i = 0; i < run.count(); i++) {
        for (long j = 0; j < run.blockLength(); j++) {
          entries.add(new Entry(run.offset() + i * run.stride() + j * run.primitive().size(), run.primitive()));
        }
      }
    }
    return entries;
  }
}
