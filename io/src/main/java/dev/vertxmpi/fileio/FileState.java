package dev.vertxmpi.fileio;

import dev.vertxmpi.Intracommunicator;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * What a rank has of a file while it is open.
 *
 * @param home where its decisions are made and its blocking calls run
 * @param communicator for the traffic of this file alone
 * @param watch notices the end of the rank
 * @param path as given to open
 * @param modes what is allowed
 * @param channel of this rank
 * @param plan how the ranks share collective access
 */
record FileState(Home home, Intracommunicator communicator, Watch watch, Path path, Modes modes, FileChannel channel,
    Plan plan) {
}
