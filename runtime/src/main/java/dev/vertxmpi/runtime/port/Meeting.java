package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The first step of accept and connect: the ranks of a group say what they have called, in the order of collectives.
 * So accept never meets connect, nor a root another one, and a mistake of one rank fails the call at all.
 *
 * <pre>
 *   {"procedure": "MPI_Comm_accept", "root": 0}
 *   {"procedure": "MPI_Comm_accept", "class": "PORT", "reason": "what is wrong at this rank"}
 * </pre>
 */
final class Meeting {

  private Meeting() {
  }

  /** What a rank says that can take part. */
  static JsonObject ready(String procedure, int root) {
    return new JsonObject().put("procedure", procedure).put("root", root);
  }

  /** What a rank says that cannot. */
  static JsonObject failed(String procedure, MpiException why) {
    return new JsonObject().put("procedure", procedure).put("class", why.errorClass().name())
        .put("reason", why.reason());
  }

  /** Why the call fails everywhere; null where all said the same. */
  static MpiException disagreement(JsonObject mine, List<JsonObject> all) {
    String procedure = mine.getString("procedure");
    for (int rank = 0; rank < all.size(); rank++) {
      String other = all.get(rank).getString("procedure");
      if (!procedure.equals(other)) {
        return new MpiException(ErrorClass.COLLECTIVE_MISMATCH,
            "rank " + rank + " called " + other + " where this rank called " + procedure).ranks(List.of(rank));
      }
    }
    for (int rank = 0; rank < all.size(); rank++) {
      JsonObject said = all.get(rank);
      if (said.containsKey("class")) {
        return new MpiException(ErrorClass.valueOf(said.getString("class")), said.getString("reason"))
            .ranks(List.of(rank));
      }
    }
    int root = all.getFirst().getInteger("root");
    for (int rank = 0; rank < all.size(); rank++) {
      if (all.get(rank).getInteger("root") != root) {
        return new MpiException(ErrorClass.COLLECTIVE_MISMATCH, "root must be the same everywhere, but is " + root
            + " at rank 0 and " + all.get(rank).getInteger("root") + " at rank " + rank);
      }
    }
    return null;
  }
}
