package dev.vertxmpi.procedures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/mpi-to-java.md} true. To write the page anew after a change of the API:
 * {@code mvn -pl api-async test -Dtest=ProcedurePageTest -Dpage.write=true}.
 */
class ProcedurePageTest {

  private static final Path PAGE = Path.of("..", "docs", "mpi-to-java.md");

  @Test
  void shouldClaimOnlyProceduresOfTheStandard() throws Exception {
    Set<String> known = Procedure.all().stream().map(Procedure::name).collect(Collectors.toSet());
    List<String> unknown = Claims.read().procedures().stream().filter(name -> !known.contains(name)).toList();
    assertEquals(List.of(), unknown, "annotations name procedures that MPI-5.0 has not");
  }

  @Test
  void shouldClaimEachProcedureOnce() throws Exception {
    Claims claims = Claims.read();
    List<String> twice = claims.procedures().stream().filter(name -> claims.membersOf(name).size() > 1).toList();
    assertEquals(List.of(), twice, "procedures that several members claim");
  }

  @Test
  void shouldMatchThePage() throws Exception {
    String page = page(Claims.read());
    if (Boolean.getBoolean("page.write")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(page, Files.readString(PAGE), "the page is stale: write it anew with -Dpage.write=true");
  }

  private static String page(Claims claims) {
    List<Procedure> all = Procedure.all();
    List<Procedure> methods = all.stream().filter(p -> p.form().equals("method")).toList();
    long there = methods.stream().filter(p -> !claims.membersOf(p.name()).isEmpty()).count();
    List<String> lines = new ArrayList<>(List.of(
        "# MPI → Java", "",
        "Generated from the `@MpiProcedure` annotations of the API; a test keeps it true.", "",
        there + " of the " + methods.size() + " procedures of MPI-5.0 that are to become members are there today. A "
            + "blocking procedure and its non-blocking form are one member that returns a Future.", ""));
    String chapter = "";
    for (Procedure procedure : all) {
      if (procedure.form().equals("none") && procedure.note().endsWith("language glue")) {
        continue;
      }
      if (!procedure.chapter().equals(chapter)) {
        chapter = procedure.chapter();
        lines.addAll(List.of("", "## " + chapter, "", "| MPI | here |", "|---|---|"));
      }
      lines.add("| `" + procedure.name() + "` | " + here(procedure, claims) + " |");
    }
    return String.join("\n", lines) + "\n";
  }

  private static String here(Procedure procedure, Claims claims) {
    List<String> members = claims.membersOf(procedure.name());
    if (!members.isEmpty()) {
      return members.stream().map(member -> "`" + member + "`").collect(Collectors.joining(", "));
    }
    return switch (procedure.form()) {
      case "method" -> "not yet";
      case "metrics" -> "not yet: " + procedure.note();
      case "none" -> "no: " + procedure.note();
      default -> procedure.note();
    };
  }
}
