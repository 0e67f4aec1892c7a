package dev.vertxmpi;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * How reductions and accumulates combine two values.
 *
 * <p>Integers wrap as in Java; minimum and maximum of floating-point numbers are those of {@link Math}. The bitwise and
 * logical operations apply to integers and booleans only. {@link #REPLACE} and {@link #NO_OP} are for windows.
 */
@MpiProcedure("MPI_Op_create")
public final class Op {

  /** The predefined operations. */
  public enum Predefined {
    /** Sum. */
    SUM,
    /** Product. */
    PROD,
    /** Minimum. */
    MIN,
    /** Maximum. */
    MAX,
    /** Bitwise and. */
    BAND,
    /** Bitwise or. */
    BOR,
    /** Bitwise exclusive or. */
    BXOR,
    /** Logical and: 1 where both are not zero. */
    LAND,
    /** Logical or: 1 where one is not zero. */
    LOR,
    /** Logical exclusive or: 1 where exactly one is not zero. */
    LXOR,
    /** The origin's value; windows only. */
    REPLACE,
    /** The target's value; windows only. */
    NO_OP,
    /** A function of the user; not for windows. */
    USER
  }

  /** Sum. */
  public static final Op SUM = new Op(Predefined.SUM);
  /** Product. */
  public static final Op PROD = new Op(Predefined.PROD);
  /** Minimum. */
  public static final Op MIN = new Op(Predefined.MIN);
  /** Maximum. */
  public static final Op MAX = new Op(Predefined.MAX);
  /** Bitwise and. */
  public static final Op BAND = new Op(Predefined.BAND);
  /** Bitwise or. */
  public static final Op BOR = new Op(Predefined.BOR);
  /** Bitwise exclusive or. */
  public static final Op BXOR = new Op(Predefined.BXOR);
  /** Logical and. */
  public static final Op LAND = new Op(Predefined.LAND);
  /** Logical or. */
  public static final Op LOR = new Op(Predefined.LOR);
  /** Logical exclusive or. */
  public static final Op LXOR = new Op(Predefined.LXOR);
  /** The origin's value; windows only. */
  public static final Op REPLACE = new Op(Predefined.REPLACE);
  /** The target's value; windows only. */
  public static final Op NO_OP = new Op(Predefined.NO_OP);

  private final Predefined kind;
  private final String name;
  private final boolean commutative;
  private final Class<?> type;
  private final BinaryOperator<Object> function;

  private Op(Predefined kind) {
    this(kind, kind.name(), true, null, null);
  }

  private Op(Predefined kind, String name, boolean commutative, Class<?> type, BinaryOperator<Object> function) {
    this.kind = kind;
    this.name = name;
    this.commutative = commutative;
    this.type = type;
    this.function = function;
  }

  /**
   * An operation of the user, for values of the easy forms.
   *
   * @param <T> type of the values
   * @param name goes into the fingerprint of the collective, so it must be the same at every rank
   * @param type class of the values
   * @param function associative; gets the operand of the lower ranks first; must not block nor change its arguments
   * @param commutative whether operands may be swapped
   * @return the operation
   */
  public static <T> Op of(String name, Class<T> type, BinaryOperator<T> function, boolean commutative) {
    Objects.requireNonNull(function);
    BinaryOperator<Object> checked = (a, b) -> function.apply(type.cast(a), type.cast(b));
    return new Op(Predefined.USER, Objects.requireNonNull(name), commutative, type, checked);
  }

  /**
   * Which predefined operation it is.
   *
   * @return {@link Predefined#USER} for one of the user
   */
  public Predefined kind() {
    return kind;
  }

  /**
   * The name, part of the fingerprint of a collective.
   *
   * @return the constant's name, or that of the user's operation
   */
  public String name() {
    return name;
  }

  /**
   * Whether operands may be swapped.
   *
   * @return true for the predefined ones
   */
  @MpiProcedure("MPI_Op_commutative")
  public boolean isCommutative() {
    return commutative;
  }

  /**
   * The function of a user's operation.
   *
   * @return empty for a predefined one
   */
  public Optional<BinaryOperator<Object>> function() {
    return Optional.ofNullable(function);
  }

  /**
   * The class of the values of a user's operation.
   *
   * @return empty for a predefined one
   */
  public Optional<Class<?>> type() {
    return Optional.ofNullable(type);
  }

  @Override
  public String toString() {
    return name;
  }
}
