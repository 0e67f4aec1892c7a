package dev.vertxmpi.process;

import java.util.Objects;

/**
 * The members of a {@link ProcessSet} at one moment. Holds no addresses and no secrets, so it may be sent, logged and
 * kept.
 *
 * @param uri names the set
 * @param epoch which state of the set it is: grows with every process that comes or goes; 0 for a set that nobody has
 *     joined yet
 * @param group the members, who came first first
 */
public record SetSnapshot(String uri, long epoch, Group group) {

  /** Checks that nothing is null. */
  public SetSnapshot {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(group, "group");
  }

  /**
   * The number of members.
   *
   * @return 0 or more
   */
  public int size() {
    return group.size();
  }

  /**
   * Whether a process is a member.
   *
   * @param process who
   * @return false where it has not come yet, or has gone
   */
  public boolean contains(ProcessId process) {
    return group.rankOf(process) >= 0;
  }
}
