package dev.vertxmpi.runtime.port;

import dev.vertxmpi.MpiException;

/** An accept that waits at a port: the root's part. All in the domain of its rank, which is the port's. */
interface Acceptor {

  /** The accepting group. */
  Peers group();

  /**
   * A client has confirmed: the group registers, then calls {@link OpenPort#registered}. Throws where the client's
   * group cannot be what it says.
   */
  void form(Formation formation);

  /** That client has gone again; another one will come. */
  void back();

  /** The connection exists. */
  void go();

  /** The accept is over. */
  void fail(MpiException why);
}
