package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.Benchmark;
import java.math.BigDecimal;
import picocli.CommandLine.Command;

/** {@code vertx-mpi bench connect}. */
@Command(name = "connect", description = "Time until two groups of one have an intercommunicator by accept "
    + "and connect, in microseconds. Barriers before it and disconnects after it do not count.")
final class ConnectCommand extends MeasureCommand {

  ConnectCommand() {
    super(Benchmark.CONNECT);
  }

  @Override
  BigDecimal usualWarmUp() {
    return BigDecimal.valueOf(20);
  }
}
