package dev.vertxmpi.examples.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiJob;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DensityJobTest {

  @TempDir
  private Path folder;
  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private DensityOptions options(Path csv, int width, int height, boolean skipBad) {
    return new DensityOptions(csv, "x", "y", "name", width, height, folder.resolve("grid"), skipBad);
  }

  private List<DensityResult> count(int ranks, DensityOptions options) {
    JobOptions job = new JobOptions().setRanks(ranks).setThreading(ThreadingModel.VIRTUAL_THREAD);
    return MpiJob.run(vertx, job, mpi -> Future.succeededFuture(new DensityJob(mpi, options).count())).await();
  }

  private Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("points.csv"), text);
  }

  private long[] grid() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("grid"))).order(ByteOrder.LITTLE_ENDIAN);
    long[] cells = new long[bytes.capacity() / Long.BYTES];
    bytes.asLongBuffer().get(cells);
    return cells;
  }

  @Test
  void shouldWriteTheSameGridWhateverTheNumberOfRanks() throws IOException {
    Path zip = folder.resolve("zip.csv");
    try (InputStream shipped = DensityJob.class.getResourceAsStream("us-zipcodes.csv")) {
      Files.copy(shipped, zip);
    }
    DensityOptions options =
        new DensityOptions(zip, "longitude", "latitude", "city", 97, 31, folder.resolve("grid"), false);
    byte[] first = null;
    List<DenseCell> densest = null;
    for (int ranks : new int[] {1, 2, 3, 4, 7}) {
      Files.deleteIfExists(options.gridFile());
      List<DensityResult> results = count(ranks, options);
      assertEquals(42_049, results.getFirst().records());
      byte[] written = Files.readAllBytes(options.gridFile());
      if (first == null) {
        first = written;
        densest = results.getFirst().densest();
      }
      assertArrayEquals(first, written, ranks + " ranks write another grid than one");
      assertEquals(densest, results.getLast().densest());
    }
    long sum = 0;
    for (long cell : grid()) {
      sum += cell;
    }
    assertEquals(42_049, sum);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 13})
  void shouldCountEachRecordOnceWhereverRangesBegin(int ranks) throws IOException {
    String text = "\uFEFFname,x,y\r\n\"a \"\"quoted\"\" name\",0,0\r\n"
        + "\"two\nlines, and a comma\",1,1\r\n\r\nlast,0.5,0.5";
    List<DensityResult> results = count(ranks, options(csv(text), 2, 2, false));
    assertEquals(3, results.getFirst().records());
    assertArrayEquals(new long[] {0, 1, 1, 1}, grid());
    assertTrue(results.getFirst().densest().stream().anyMatch(cell -> cell.place().equals("a \"quoted\" name")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void shouldNameFileLineAndRuleOfTheFirstBadRecord(int ranks) throws IOException {
    Path csv = csv("x,y\n1,2\n\"1\n\",3\n1,zwei\n4,5,6\n");
    DensityException error = assertThrows(DensityException.class, () -> count(ranks, options(csv, 2, 2, false)));
    assertEquals(csv + ": line 5: 'zwei' is not a finite number", error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldCountBadRecordsWhenAskedToSkipThem(int ranks) throws IOException {
    DensityResult result = count(ranks, options(csv("x,y\n1,2\nbad\n1,zwei\n3,4\n"), 2, 2, true)).getFirst();
    assertEquals(2, result.records());
    assertEquals(2, result.skipped());
  }

  @Test
  void shouldListTheColumnsWhenOneIsMissing() throws IOException {
    Path csv = csv("lon,lat\n1,2\n");
    DensityException error = assertThrows(DensityException.class, () -> count(3, options(csv, 2, 2, false)));
    assertEquals(csv + ": line 1: there is no column 'x'; the columns are lon, lat", error.getMessage());
  }

  @Test
  void shouldRefuseAnOddNumberOfQuotes() throws IOException {
    Path csv = csv("x,y\n1,\"2\n3,4\n");
    DensityException error = assertThrows(DensityException.class, () -> count(2, options(csv, 2, 2, false)));
    assertTrue(error.getMessage().contains("a quote is opened and never closed"), error.getMessage());
  }

  @Test
  void shouldRefuseAnEmptyFile() throws IOException {
    assertThrows(DensityException.class, () -> count(2, options(csv(""), 2, 2, false)));
    assertThrows(DensityException.class, () -> count(2, options(csv("x,y\n"), 2, 2, false)));
  }

  @Test
  void shouldSayThatAFileIsMissing() {
    DensityOptions missing = options(folder.resolve("nowhere.csv"), 2, 2, false);
    MpiException error = assertThrows(MpiException.class, () -> count(2, missing));
    assertEquals(ErrorClass.NO_SUCH_FILE, error.errorClass());
    assertTrue(error.getMessage().contains("nowhere.csv"), error.getMessage());
  }

  @Test
  void shouldReadRecordsLongerThanARange() throws IOException {
    String longName = "n".repeat(5000);
    Path csv = Files.write(folder.resolve("long.csv"),
        ("name,x,y\n" + longName + ",1,1\ns,2,2\n").getBytes(StandardCharsets.UTF_8));
    assertEquals(2, count(7, options(csv, 3, 3, false)).getFirst().records());
  }
}
