package dev.vertxmpi.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Gives a decoder many inputs that a hostile peer could send. Each is taken or refused by a documented exception, ends,
 * and makes the decoder allocate no more than a multiple of what came.
 *
 * <ul>
 *   <li>{@code -Dvertx-mpi.fuzz=10000000} says how many inputs each decoder gets; few by default.</li>
 *   <li>{@code -Dvertx-mpi.fuzz.seed=...} begins other random numbers. A failure names the seed and the input.</li>
 * </ul>
 */
public final class Fuzz {

  private static final long INPUTS = Long.getLong("vertx-mpi.fuzz", 20_000);
  private static final long SEED = Long.getLong("vertx-mpi.fuzz.seed", 20);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What must withstand the inputs. */
  @FunctionalInterface
  public interface Decoder {

    /** Takes an input, or throws a documented exception. */
    void decode(byte[] input) throws Exception;
  }

  /**
   * What came of it.
   *
   * @param inputs all of them
   * @param taken those that were not refused
   */
  public record Outcome(long inputs, long taken) {

    /** Fails where the inputs never came past the first checks. */
    public Outcome mustTakeSome() {
      if (taken < inputs / 1000) {
        throw new AssertionError("of " + inputs + " inputs only " + taken + " were taken");
      }
      return this;
    }
  }

  private final Function<Random, byte[]> inputs;
  private final Random random = new Random(SEED);
  private final AtomicLong number = new AtomicLong();
  private List<Class<?>> refusals = List.of(IllegalArgumentException.class);
  private long most = 16 << 10;
  private int mostPerByte = 32;
  private long taken;

  private Fuzz(Function<Random, byte[]> inputs) {
    this.inputs = inputs;
  }

  /** Damages valid inputs. */
  public static Fuzz of(byte[]... valid) {
    return new Fuzz(new Mutations(valid));
  }

  /** Takes inputs from elsewhere, made of nothing but the random numbers. */
  public static Fuzz of(Function<Random, byte[]> inputs) {
    return new Fuzz(inputs);
  }

  /** The exceptions that are documented; {@link IllegalArgumentException} where nothing is said. */
  public Fuzz refusing(Class<?>... documented) {
    refusals = List.of(documented);
    return this;
  }

  /** Bytes that the decoder may allocate, for any input and for each byte of it. */
  public Fuzz allocating(long forAny, int forEachByte) {
    most = forAny;
    mostPerByte = forEachByte;
    return this;
  }

  /** Gives the inputs, as many as the property says. */
  public Outcome run(Decoder decoder) {
    long begin = System.nanoTime();
    try {
      new Worker("fuzz of seed " + SEED, number, () -> runHere(decoder)).run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    System.out.printf("%s: %,d inputs of seed %d in %.1f s, %,d taken%n", caller(), INPUTS, SEED,
        (System.nanoTime() - begin) / 1e9, taken);
    return new Outcome(INPUTS, taken);
  }

  /** The test, for people. */
  private static String caller() {
    return StackWalker.getInstance().walk(frames -> frames.filter(frame -> frame.getMethodName().startsWith("should"))
        .findFirst().map(frame -> frame.getClassName() + "." + frame.getMethodName())).orElse("somebody");
  }

  private void runHere(Decoder decoder) {
    for (long i = 0; i < INPUTS; i++) {
      number.set(i);
      byte[] input = inputs.apply(random);
      try {
        give(decoder, input);
      } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError("seed " + SEED + ", input " + i + ": " + HexFormat.of().formatHex(input) + ": " + e,
            e);
      }
    }
  }

  /** Whatever is linked or compiled during an input is not its fault: a second try tells. */
  private void give(Decoder decoder, byte[] input) throws Exception {
    long limit = most + (long) mostPerByte * input.length;
    long allocated = decode(decoder, input);
    for (int again = 0; again < 2 && allocated > limit; again++) {
      allocated = decode(decoder, input);
    }
    if (allocated > limit) {
      throw new AssertionError(allocated + " bytes are allocated for " + input.length + ", but the limit is " + limit);
    }
  }

  private long decode(Decoder decoder, byte[] input) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      decoder.decode(input);
      taken++;
    } catch (Exception e) {
      if (refusals.stream().noneMatch(documented -> documented.isInstance(e)) || e.getMessage() == null
          || e.getMessage().isBlank()) {
        throw e;
      }
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
