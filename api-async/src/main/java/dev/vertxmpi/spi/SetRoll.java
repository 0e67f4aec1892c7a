package dev.vertxmpi.spi;

import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that a store keeps of a process set. It is changed as a whole, by compare-and-set, so all who read one epoch read
 * the same members. Immutable. As text one line of JSON:
 *
 * <pre>
 *   {"epoch":1763660000000,
 *    "members":[{"process":"8c0e…:0.0","place":{"id":"…","endpoints":{}},"secret":"…","holder":"51f2…"}],
 *    "gone":[{"process":"77aa…:0.0","died":true}]}
 * </pre>
 *
 * @param epoch higher than that of the roll before: the time of the change in milliseconds, or one more than before;
 *     0 for a set that is not kept, because it has no members
 * @param members who came first first
 * @param gone who went lately, at most {@value #MOST_GONE}, the latest last
 */
public record SetRoll(long epoch, List<SetMember> members, List<Gone> gone) {

  /** A set without members. */
  public static final SetRoll EMPTY = new SetRoll(0, List.of(), List.of());

  /** Of those who went, only so many are remembered. */
  public static final int MOST_GONE = 64;

  /**
   * Who went, and how.
   *
   * @param process who
   * @param died whether it was killed or put out; false where it left by itself
   */
  public record Gone(ProcessId process, boolean died) {
  }

  /** Copies the lists. */
  public SetRoll {
    members = List.copyOf(members);
    gone = List.copyOf(gone);
  }

  /**
   * The roll with one more member.
   *
   * @param member its process is none yet
   * @return of the next epoch
   */
  public SetRoll with(SetMember member) {
    List<SetMember> all = new ArrayList<>(members);
    all.add(member);
    return new SetRoll(next(), all, gone.stream().filter(one -> !one.process().equals(member.process())).toList());
  }

  /**
   * The roll without some members.
   *
   * @param leaving members
   * @param died how they go
   * @return of the next epoch
   */
  public SetRoll without(Set<ProcessId> leaving, boolean died) {
    List<Gone> went = new ArrayList<>(gone);
    leaving.forEach(process -> went.add(new Gone(process, died)));
    return new SetRoll(next(), members.stream().filter(member -> !leaving.contains(member.process())).toList(),
        went.subList(Math.max(0, went.size() - MOST_GONE), went.size()));
  }

  /** Wall clock time counts on even where nothing of an earlier roll is left. */
  private long next() {
    return Math.max(System.currentTimeMillis(), epoch + 1);
  }

  /**
   * A member.
   *
   * @param process who
   * @return empty where it is none
   */
  public Optional<SetMember> find(ProcessId process) {
    return members.stream().filter(member -> member.process().equals(process)).findFirst();
  }

  /**
   * Whether a process is remembered as dead.
   *
   * @param process who
   * @return false also where it was forgotten
   */
  public boolean hasDied(ProcessId process) {
    return gone.stream().anyMatch(one -> one.died() && one.process().equals(process));
  }

  /**
   * The members as a group.
   *
   * @return who came first first
   */
  public Group group() {
    return new Group(members.stream().map(SetMember::process).toList());
  }

  /**
   * As text.
   *
   * @return what {@link #parse} reads; holds secrets
   */
  public String encode() {
    JsonArray all = new JsonArray();
    members.forEach(member -> all.add(member.toJson()));
    JsonArray went = new JsonArray();
    gone.forEach(one -> went.add(new JsonObject().put("process", one.process().toString()).put("died", one.died())));
    return new JsonObject().put("epoch", epoch).put("members", all).put("gone", went).encode();
  }

  /**
   * Reads a roll. Others may write to a store too, so it is checked.
   *
   * @param text as {@link #encode} makes it
   * @return the roll
   * @throws IllegalArgumentException where the text is no roll
   */
  public static SetRoll parse(String text) {
    try {
      JsonObject json = new JsonObject(text);
      List<SetMember> members = new ArrayList<>();
      Set<ProcessId> seen = new HashSet<>();
      for (Object one : json.getJsonArray("members")) {
        SetMember member = SetMember.fromJson((JsonObject) one);
        if (!seen.add(member.process())) {
          throw new IllegalArgumentException("a process comes twice");
        }
        members.add(member);
      }
      List<Gone> gone = new ArrayList<>();
      for (Object one : json.getJsonArray("gone")) {
        JsonObject went = (JsonObject) one;
        gone.add(new Gone(ProcessId.parse(went.getString("process")), went.getBoolean("died")));
      }
      return new SetRoll(json.getLong("epoch"), members, gone);
    } catch (RuntimeException e) {
      // Every way in which JSON, a cast or a number can be wrong.
      throw new IllegalArgumentException("this is not the roll of a process set", e);
    }
  }

  @Override
  public String toString() {
    return "SetRoll[epoch=" + epoch + ", members=" + members + ", gone=" + gone + "]";
  }
}
