package dev.vertxmpi.launcher.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code vertx-mpi} itself; each thing that it does is a command below it. */
@Command(name = "vertx-mpi", description = {
    "MPI for the JVM: starts jobs, keeps names, tells what it finds.", "",
    "vertx-mpi java FILE.java [ARGS] runs a program of your own in one JVM, with everything on its class path."},
    subcommands = {RunCommand.class, NameServerCommand.class, NamesCommand.class, InfoCommand.class},
    mixinStandardHelpOptions = true, versionProvider = Version.class, scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND")
final class RootCommand {

  @Option(names = "--stack-trace", scope = ScopeType.INHERIT,
      description = "Where something goes wrong, show the stack trace too.")
  boolean stackTrace;
}
