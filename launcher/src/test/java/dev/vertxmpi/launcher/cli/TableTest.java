package dev.vertxmpi.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void shouldAlignColumns() {
    assertEquals(List.of("NAME     AT", "density  tcp", "x"),
        Table.of(List.of(List.of("NAME", "AT"), List.of("density", "tcp"), List.of("x", ""))).lines().toList());
  }

  @Test
  void shouldNotLetOthersControlTheTerminal() {
    assertEquals(List.of("?[31mred?"), Table.of(List.of(List.of("\033[31mred\n"))).lines().toList());
  }
}
