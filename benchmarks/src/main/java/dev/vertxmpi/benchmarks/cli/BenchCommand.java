package dev.vertxmpi.benchmarks.cli;

import picocli.CommandLine.Command;

/** {@code vertx-mpi bench}; each measurement is a command below it. */
@Command(name = "bench", description = {
    "Measures, alone or side by side with MPI libraries in C.", "",
    "Names, sizes and meaning are those of the OSU benchmarks. Each result names the link, the kind of buffer and the "
        + "way of waiting that it holds for, and how far apart the machine's cores were (placement)."},
    subcommands = {LatencyCommand.class, BwCommand.class, BibwCommand.class, MbwMrCommand.class, BarrierCommand.class,
        ConnectCommand.class, NamesCommand.class, NamesScaleCommand.class, StartupCommand.class, ScaleCommand.class,
        IdleCommand.class, ServiceCommand.class, PartsCommand.class, AllCommand.class, ReportCommand.class},
    synopsisSubcommandLabel = "COMMAND")
final class BenchCommand {
}
