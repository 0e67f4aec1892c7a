package dev.vertxmpi.launcher.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prints its rank, its arguments, and the lines of its standard input. */
public final class Echo {

  private Echo() {
  }

  public static void main(String[] args) throws IOException {
    System.out.println("rank " + System.getenv("VERTX_MPI_RANK") + " of " + System.getenv("VERTX_MPI_SIZE")
        + " got " + List.of(args) + " " + System.getProperty("colour", ""));
    System.err.println("grüße");
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      in.lines().forEach(line -> System.out.println("read " + line));
    }
  }
}
