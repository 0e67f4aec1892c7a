package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;

/**
 * What ranks and roster say to each other, in JSON. It holds no secrets.
 *
 * <pre>
 *   join      {"process": "job:rank.incarnation", "size": n, "node": {...}}
 *   answer    {"missing": [2, 3]}                                       ask again
 *             {"places": [{"process": ..., "node": {...}}, ...]}        all are there, in the order of the ranks
 *             {"error": "..."}                                          you cannot join
 * </pre>
 */
final class RosterMessages {

  private static final String PROCESS = "process";
  private static final String NODE = "node";
  private static final String SIZE = "size";
  private static final String MISSING = "missing";
  private static final String PLACES = "places";
  private static final String ERROR = "error";

  private RosterMessages() {
  }

  static String address(UUID job) {
    return "vertx-mpi.job." + job + ".roster";
  }

  static JsonObject join(ProcessId process, int size, NodeAddress node) {
    return new JsonObject().put(PROCESS, process.toString()).put(SIZE, size).put(NODE, node.toJson());
  }

  /** Reads a join; throws {@link IllegalArgumentException} where it is malformed. */
  static void enter(Object message, Roster roster, IntConsumer joined) {
    if (!(message instanceof JsonObject json) || !(json.getValue(SIZE) instanceof Integer size)) {
      throw new IllegalArgumentException("a join is an object with a size");
    }
    if (size != roster.size()) {
      throw new MpiException(ErrorClass.SIZE, "a rank says that the job has " + size + " ranks, but it has "
          + roster.size());
    }
    ProcessId process = process(json);
    if (roster.enter(process, node(json))) {
      joined.accept(process.rank());
    }
  }

  /** Who joins, as text; of a join that {@link #enter} has taken. */
  static String who(JsonObject join) {
    return join.getString(PROCESS);
  }

  private static ProcessId process(JsonObject json) {
    if (!(json.getValue(PROCESS) instanceof String text)) {
      throw new IllegalArgumentException("the process is missing");
    }
    ProcessId process = ProcessId.parse(text);
    if (process.rank() < 0 || process.incarnation() < 0) {
      throw new IllegalArgumentException("rank and incarnation of a process are not negative");
    }
    return process;
  }

  private static NodeAddress node(JsonObject json) {
    if (!(json.getValue(NODE) instanceof JsonObject node)) {
      throw new IllegalArgumentException("the node is missing");
    }
    return NodeAddress.fromJson(node);
  }

  static JsonObject missing(Roster roster) {
    return new JsonObject().put(MISSING, new JsonArray(new ArrayList<>(roster.missing())));
  }

  static JsonObject places(Roster roster) {
    Places all = roster.places();
    JsonArray places = new JsonArray();
    for (int rank = 0; rank < roster.size(); rank++) {
      places.add(new JsonObject().put(PROCESS, all.group().get(rank).toString())
          .put(NODE, all.addresses().get(rank).toJson()));
    }
    return new JsonObject().put(PLACES, places);
  }

  static JsonObject error(String why) {
    return new JsonObject().put(ERROR, why);
  }

  /** An answer; {@code places} is null while ranks are missing. */
  record Answer(List<Integer> missing, Places places) {
  }

  /** Reads an answer; throws {@link MpiException} where we may not join or the answer is malformed. */
  static Answer answer(Object message, UUID job, int size) {
    try {
      if (!(message instanceof JsonObject json)) {
        throw new IllegalArgumentException("not an object");
      }
      if (json.getValue(ERROR) instanceof String why) {
        throw new MpiException(ErrorClass.RANK, why);
      }
      if (json.getValue(PLACES) instanceof JsonArray places) {
        return new Answer(List.of(), readPlaces(places, job, size));
      }
      if (json.getValue(MISSING) instanceof JsonArray missing
          && missing.stream().allMatch(rank -> rank instanceof Integer)) {
        return new Answer(missing.stream().map(rank -> (Integer) rank).toList(), null);
      }
      throw new IllegalArgumentException("neither places nor missing ranks");
    } catch (IllegalArgumentException e) {
      throw new MpiException(ErrorClass.INTERN, "the roster's answer is malformed: " + e.getMessage(), e);
    }
  }

  private static Places readPlaces(JsonArray places, UUID job, int size) {
    List<ProcessId> processes = new ArrayList<>();
    List<NodeAddress> addresses = new ArrayList<>();
    for (Object place : places) {
      if (!(place instanceof JsonObject json)) {
        throw new IllegalArgumentException("a place is an object");
      }
      ProcessId process = process(json);
      if (!process.job().equals(job) || process.rank() != processes.size()) {
        throw new IllegalArgumentException("the places are not those of this job in the order of the ranks");
      }
      processes.add(process);
      addresses.add(node(json));
    }
    if (processes.size() != size) {
      throw new IllegalArgumentException(processes.size() + " places for " + size + " ranks");
    }
    return new Places(new Group(processes), addresses);
  }
}
