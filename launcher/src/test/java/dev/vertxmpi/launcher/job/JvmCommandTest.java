package dev.vertxmpi.launcher.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.launcher.JobSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmCommandTest {

  @Test
  void shouldStartTheUsersMainThroughOurs() {
    JobSpec spec = new JobSpec("com.acme.Main").setArguments(List.of("a", "-b")).setJvmOptions(List.of("-Xmx1g"));
    List<String> command = JvmCommand.of(spec, 3);
    int main = command.indexOf("dev.vertxmpi.launcher.RankMain");
    assertEquals(List.of("com.acme.Main", "a", "-b"), command.subList(main + 1, command.size()));
    assertTrue(command.indexOf("-Xmx1g") < main);
    assertTrue(command.contains("-Dvertx-mpi.rank=3"));
  }

  @Test
  void shouldPutTheUsersClassPathFirst() {
    String own = System.getProperty("java.class.path");
    assertEquals(own, JvmCommand.classPath(new JobSpec("Main")));
    assertEquals("app.jar" + File.pathSeparator + own,
        JvmCommand.classPath(new JobSpec("Main").setClassPath("app.jar")));
  }

  @Test
  void shouldStartRanksWithTheFlagsOfTheScript() throws IOException {
    List<String> inScript = Files.readAllLines(Path.of("..", "bin", "vertx-mpi")).stream().map(String::strip)
        .filter(line -> line.startsWith("--") && !line.contains(" ")).toList();
    assertEquals(JvmCommand.SILENT_START, inScript);
  }
}
