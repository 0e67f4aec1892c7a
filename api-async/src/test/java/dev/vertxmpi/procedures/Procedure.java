package dev.vertxmpi.procedures;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A procedure of MPI-5.0 and the form that it is to have here.
 *
 * @param name such as {@code MPI_Send}
 * @param chapter of the standard
 * @param form method, future, metrics or none
 * @param note why it is no method
 */
record Procedure(String name, String chapter, String form, String note) {

  /** All procedures, in the order of the chapters. */
  static List<Procedure> all() {
    try (InputStream table = Procedure.class.getResourceAsStream("procedures.tsv")) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1)
          .map(line -> line.split("\t", -1))
          .map(cells -> new Procedure(cells[0], cells[1], cells[2], cells[3])).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
