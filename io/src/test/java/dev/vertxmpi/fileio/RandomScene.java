package dev.vertxmpi.fileio;

import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.io.FileView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A file and a random view of it for each rank, such that no two ranks see the same byte. */
final class RandomScene {

  private static final int TILES = 12;

  private final List<FileView> views = new ArrayList<>();
  private final List<byte[]> data = new ArrayList<>();
  private final byte[] before;
  private final byte[] after;
  private final int aggregators;
  private final int stripe;

  RandomScene(Random random, int ranks) {
    int tile = 200 + random.nextInt(800);
    int displacement = random.nextInt(100);
    before = new byte[displacement + TILES * tile];
    random.nextBytes(before);
    after = before.clone();
    aggregators = 1 + random.nextInt(ranks);
    stripe = 1 + random.nextInt(300);
    int[] owner = new int[tile];
    for (int i = 0; i < tile;) {
      int who = random.nextInt(ranks + 1) - 1;
      for (int end = i + 1 + random.nextInt(40); i < tile && i < end; i++) {
        owner[i] = who;
      }
    }
    for (int rank = 0; rank < ranks; rank++) {
      add(random, rank, owner, displacement);
    }
  }

  private void add(Random random, int rank, int[] owner, int displacement) {
    List<Long> places = new ArrayList<>();
    for (int i = 0; i < owner.length; i++) {
      if (owner[i] == rank) {
        places.add((long) i);
      }
    }
    long[] displacements = places.stream().mapToLong(Long::longValue).toArray();
    long[] lengths = new long[displacements.length];
    Arrays.fill(lengths, 1);
    Datatype type = Datatype.resized(Datatype.hindexed(lengths, displacements, Datatype.BYTE), 0, owner.length);
    views.add(new FileView(displacement, Datatype.BYTE, type));
    int bytes = places.isEmpty() ? 0 : random.nextInt(TILES * places.size() + 1);
    byte[] mine = new byte[bytes];
    random.nextBytes(mine);
    data.add(mine);
    for (int i = 0; i < bytes; i++) {
      int place = displacement + i / places.size() * owner.length + places.get(i % places.size()).intValue();
      after[place] = mine[i];
    }
  }

  int ranks() {
    return views.size();
  }

  int aggregators() {
    return aggregators;
  }

  int stripe() {
    return stripe;
  }

  byte[] before() {
    return before;
  }

  byte[] after() {
    return after;
  }

  FileView view(int rank) {
    return views.get(rank);
  }

  byte[] data(int rank) {
    return data.get(rank);
  }
}
