package dev.vertxmpi.launcher.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.launcher.JobSpec;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheTest {

  @TempDir
  private Path folder;

  private Optional<Path> file(JobSpec spec) {
    return StartCache.file(folder.resolve("key").toString(), spec);
  }

  private static JobSpec spec() {
    return new JobSpec("Main");
  }

  @Test
  void shouldShareTheFileAmongProgramsWithoutClassPathAndOptions() {
    assertEquals(folder.resolve("key.aot"), file(spec()).orElseThrow());
    assertEquals(file(spec()), file(new JobSpec("Other").setArguments(List.of("x"))));
  }

  @Test
  void shouldTellOptionsAndClassPathsApart() throws Exception {
    Path jar = Files.writeString(folder.resolve("a.jar"), "a");
    Path one = file(spec().setClassPath(jar.toString())).orElseThrow();
    assertTrue(one.getFileName().toString().matches("key-[0-9a-f]+\\.aot"), one::toString);
    assertNotEquals(one, file(spec()).orElseThrow());
    assertNotEquals(one, file(spec().setClassPath(jar.toString()).setJvmOptions(List.of("-Xmx1g"))).orElseThrow());
    Files.writeString(jar, "changed");
    assertNotEquals(one, file(spec().setClassPath(jar.toString())).orElseThrow());
  }

  @Test
  void shouldHaveNoneWhereTheJvmWouldRefuseIt() {
    assertTrue(file(JobSpec.ofCommand(List.of("true"))).isEmpty());
    assertTrue(file(spec().setClassPath(folder.toString())).isEmpty(), "a folder");
    assertTrue(file(spec().setClassPath("no.jar" + File.pathSeparator)).isEmpty(), "a jar that is not there");
    for (String option : List.of("-javaagent:a.jar", "-XX:AOTCache=mine", "-Xshare:off", "--patch-module=a=b")) {
      assertTrue(file(spec().setJvmOptions(List.of(option))).isEmpty(), option);
    }
  }

  @Test
  void shouldLeaveJvmsAloneWhereNobodySaysWhereFilesAre() {
    assertEquals(List.of(), StartCache.options(spec()));
    assertEquals(List.of(), StartCache.options());
    StartCache.makeIfMissing(spec());
  }

  @Test
  void shouldLetOnlyOneMakeIt() throws Exception {
    Path claim = StartCache.making(folder.resolve("key.aot"));
    assertTrue(StartCache.claim(claim));
    assertFalse(StartCache.claim(claim));
    Files.setLastModifiedTime(claim, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    assertTrue(StartCache.claim(claim), "who has not come back for an hour will not");
    assertFalse(StartCache.claim(claim));
  }
}
