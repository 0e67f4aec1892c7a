package dev.vertxmpi.runtime.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LazyFileResolverTest {

  private static final String RESOURCE = "META-INF/services/dev.vertxmpi.spi.RuntimeProvider";

  @TempDir
  private Path folder;

  @Test
  void shouldMakeItsFolderForTheFirstResourceOnly() throws Exception {
    Path cache = folder.resolve("cache");
    Path file = Files.writeString(folder.resolve("file"), "here");
    Vertx vertx = Vertx.vertx(new VertxOptions().setFileSystemOptions(
        new FileSystemOptions().setFileCacheDir(cache.toString())));
    assertEquals("here", vertx.fileSystem().readFile(file.toString()).await().toString());
    assertEquals(1, count(), "a file needs no folder of copies");
    assertFalse(vertx.fileSystem().exists("no/such/name").await());
    assertTrue(vertx.fileSystem().readFile(RESOURCE).await().toString().contains("JobRuntime"));
    assertEquals(2, count());
    vertx.close().await();
    assertEquals(1, count());
  }

  private long count() throws Exception {
    try (var files = Files.list(folder)) {
      return files.count();
    }
  }
}
