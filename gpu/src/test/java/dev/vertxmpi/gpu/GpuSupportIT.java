package dev.vertxmpi.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vertxmpi.gpu.GpuSupport.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in JVMs that were started in other ways. */
class GpuSupportIT {

  private static final List<String> ALLOWED = List.of("--enable-native-access=ALL-UNNAMED");

  @TempDir
  Path folder;

  private void expect(State state, String cause, List<String> lines) throws Exception {
    assertTrue(lines.contains("state " + state), lines.toString());
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("cause ") && line.contains(cause)), lines.toString());
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("refused NO_MEM ") && line.contains(cause)),
        lines.toString());
    assertEquals(List.of(), Child.left(folder));
  }

  @Test
  void shouldSayThatNativeAccessIsDenied() throws Exception {
    Child child = Child.start(folder, List.of("--illegal-native-access=deny"), entry -> true, Map.of(),
        ChildMain.class.getName(), "10");
    expect(State.DENIED, "--enable-native-access=ALL-UNNAMED", child.lines());
  }

  @Test
  void shouldSayThatTheNativeLibraryIsMissing() throws Exception {
    Child child = Child.start(folder, ALLOWED, entry -> !entry.contains("jcuda-natives"), Map.of(),
        ChildMain.class.getName(), "10");
    expect(State.NO_NATIVE, "org.jcuda:jcuda-natives", child.lines());
  }

  @Test
  void shouldSayThatTheDriverIsMissing() throws Exception {
    assumeTrue(GpuSupport.state() == State.NO_DRIVER, "there is a driver here");
    Child child = Child.start(folder, ALLOWED, entry -> true, Map.of(), ChildMain.class.getName(), "10");
    expect(State.NO_DRIVER, "libcuda.so.1", child.lines());
  }

  @Test
  void shouldLeaveNoFileWhenManyStartTogether() throws Exception {
    List<Child> children = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      children.add(Child.start(folder, ALLOWED, entry -> true, Map.of(), ChildMain.class.getName()));
    }
    for (Child child : children) {
      assertTrue(child.lines().contains("state " + GpuSupport.state()));
    }
    assertEquals(List.of(), Child.left(folder));
  }
}
