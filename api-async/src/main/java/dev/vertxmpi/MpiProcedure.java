package dev.vertxmpi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the MPI procedures that a member stands for.
 * The "MPI → Java" page is generated from these annotations, so a procedure is claimed in exactly one place.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.FIELD})
public @interface MpiProcedure {

  /**
   * The C names, blocking and non-blocking form alike.
   *
   * @return names such as {@code MPI_Send} and {@code MPI_Isend}
   */
  String[] value();
}
