package dev.vertxmpi;

import java.util.List;
import java.util.Objects;

/**
 * Why an MPI call failed: an error class, the procedure, the ranks concerned and one sentence that names the argument
 * and the rule.
 *
 * <p>Futures fail with this exception; methods throw it only where nothing asynchronous has begun (building a datatype,
 * wrapping memory). It is unchecked and immutable.
 */
public final class MpiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The class of the error. */
  private final ErrorClass errorClass;
  /** The MPI procedure, empty while unknown. */
  private final String procedure;
  /** The sentence without class and procedure. */
  private final String reason;
  /** Ranks that caused or met the error; unmodifiable. */
  private final transient List<Integer> ranks;

  /**
   * An error outside any procedure yet.
   *
   * @param errorClass the class
   * @param reason one sentence: what is wrong and which rule says so
   */
  public MpiException(ErrorClass errorClass, String reason) {
    this(errorClass, "", reason, List.of(), null);
  }

  /**
   * An error with its cause.
   *
   * @param errorClass the class
   * @param reason one sentence: what is wrong and which rule says so
   * @param cause what led to it, or null
   */
  public MpiException(ErrorClass errorClass, String reason, Throwable cause) {
    this(errorClass, "", reason, List.of(), cause);
  }

  private MpiException(ErrorClass errorClass, String procedure, String reason, List<Integer> ranks, Throwable cause) {
    super(format(errorClass, procedure, reason), cause);
    this.errorClass = Objects.requireNonNull(errorClass);
    this.procedure = procedure;
    this.reason = reason;
    this.ranks = List.copyOf(ranks);
  }

  private static String format(ErrorClass errorClass, String procedure, String reason) {
    return errorClass.mpiName() + (procedure.isEmpty() ? "" : " in " + procedure) + ": " + reason;
  }

  /**
   * The same error, raised in a procedure. A procedure that is already known stays.
   *
   * @param name the MPI name, such as {@code MPI_Send}
   * @return this, or a copy that names the procedure
   */
  public MpiException in(String name) {
    return procedure.isEmpty() ? new MpiException(errorClass, name, reason, ranks, this) : this;
  }

  /**
   * The same error, naming ranks.
   *
   * @param concerned the ranks that caused or met it, in the communicator of the call
   * @return a copy
   */
  public MpiException ranks(List<Integer> concerned) {
    return new MpiException(errorClass, procedure, reason, concerned, this);
  }

  /**
   * Makes an MPI error of any failure: unwraps one, wraps anything else as {@link ErrorClass#OTHER}.
   *
   * @param failure what happened
   * @return the failure itself where it is an {@code MpiException}
   */
  public static MpiException of(Throwable failure) {
    return failure instanceof MpiException known
        ? known
        : new MpiException(ErrorClass.OTHER, String.valueOf(failure.getMessage()), failure);
  }

  /**
   * The class.
   *
   * @return never null
   */
  public ErrorClass errorClass() {
    return errorClass;
  }

  /**
   * The procedure in which the error was raised.
   *
   * @return the MPI name, empty where unknown
   */
  public String procedure() {
    return procedure;
  }

  /**
   * The sentence without class and procedure.
   *
   * @return what is wrong and which rule says so
   */
  public String reason() {
    return reason;
  }

  /**
   * The ranks concerned.
   *
   * @return unmodifiable, empty where the error concerns no rank
   */
  public List<Integer> ranks() {
    return ranks == null ? List.of() : ranks;
  }
}
