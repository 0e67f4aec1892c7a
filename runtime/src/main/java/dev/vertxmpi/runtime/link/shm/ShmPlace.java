package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.spi.link.NodeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a peer of this host keeps its sockets and rings. The text comes from the peer: only a name that our own
 * directories could have, right beside them, is taken for one.
 *
 * @param directory beside those of this process
 */
record ShmPlace(Path directory) {

  static final String LINK = "shm";
  static final String CONTROL = "control";
  static final String BELL = "bell";
  static final String REGION = "region";

  /** The longest path of a socket that systems take, without the end. */
  static final int LONGEST_PATH = 103;

  private static final Pattern FILE = Pattern.compile("(?:bell|ring)(?:-[0-9a-z]{1,16})?");
  private static final Pattern REGION_NAME = Pattern.compile("([0-9]{1,9}-[0-9a-f]{4})/([0-9]{1,19})");
  private static final Pattern REST = Pattern.compile("[0-9a-f]{12}-[0-9]{1,9}-[0-9a-f]{4}");

  /** The place in a peer's address; empty where it has none here. */
  static Optional<ShmPlace> of(NodeAddress peer, Path base) {
    String text = peer.endpoints().getOrDefault(LINK, "");
    String begin = base + "/" + ShmDirectory.prefix();
    return text.startsWith(begin) && REST.matcher(text.substring(begin.length())).matches()
        ? Optional.of(new ShmPlace(Path.of(text)))
        : Optional.empty();
  }

  boolean exists() {
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
  }

  /** Fails where the directory is not that of the user who runs this process. Blocks. */
  void check(Path own) throws IOException {
    if (!Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own))
        || !Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS)
            .equals(Files.getPosixFilePermissions(own))) {
      throw new IOException(directory + " does not belong to this user alone");
    }
  }

  /** The file of a region in a directory of the same process, see {@link SharedMemoryProvider}. */
  Path region(String name) {
    Matcher matcher = REGION_NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not the name of a region");
    }
    String beside = directory.getFileName().toString();
    String process = beside.substring(0, beside.lastIndexOf('-', beside.lastIndexOf('-') - 1) + 1);
    return directory.resolveSibling(process + matcher.group(1)).resolve(REGION + "-" + matcher.group(2));
  }

  /** A file of the directory. */
  Path file(String name) {
    if (!FILE.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a ring or bell");
    }
    return directory.resolve(name);
  }
}
