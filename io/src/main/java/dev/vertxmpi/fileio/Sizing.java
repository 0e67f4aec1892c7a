package dev.vertxmpi.fileio;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The length of a file. */
final class Sizing {

  private Sizing() {
  }

  static Future<Long> get(FileState file) {
    return file.home().blocking(() -> {
      try {
        return file.channel().size();
      } catch (IOException e) {
        throw Errors.of(e, "measure", file.path());
      }
    });
  }

  static void check(FileState file, long bytes) {
    if (bytes < 0) {
      throw new MpiException(ErrorClass.ARG, "the size must not be negative, but is " + bytes);
    }
    if (!file.modes().writable()) {
      throw new MpiException(ErrorClass.READ_ONLY, "'" + file.path() + "' is open for reading only");
    }
  }

  /** The first rank changes the length; all learn whether it could. */
  static Future<Void> set(FileState file, long bytes) {
    Future<Void> changed = file.communicator().rank() != 0 ? Future.succeededFuture() : file.home().blocking(() -> {
      resize(file.channel(), bytes);
      return null;
    });
    return changed.map(done -> new Vote(Operation.SET_SIZE, null))
        .otherwise(why -> new Vote(Operation.SET_SIZE, Errors.of(why, "resize", file.path())))
        .compose(mine -> Votes.exchange(file.communicator(), mine)).mapEmpty();
  }

  private static void resize(FileChannel channel, long bytes) throws IOException {
    if (channel.size() < bytes) {
      BlockIo.write(channel, bytes - 1, ByteBuffer.allocate(1));
    } else {
      channel.truncate(bytes);
    }
  }
}
