package dev.vertxmpi.runtime.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes to a launcher's port, from anybody on this host. */
class SealedLinesFuzzTest {

  private static final byte[] KEY = "the secret of a job".getBytes(StandardCharsets.UTF_8);
  private static final String OURS = "0123456789abcdef0123456789abcdef";
  private static final String THEIRS = "fedcba9876543210fedcba9876543210";
  private static final List<String> TEXTS = List.of("{\"hello\":true}", "{\"gone\":\"\u00e4\"}", "");

  private static byte[] valid() {
    StringBuilder stream = new StringBuilder(THEIRS + "\n");
    for (int i = 0; i < TEXTS.size(); i++) {
      stream.append(RendezvousProof.of(KEY, "rank " + i, OURS, THEIRS, TEXTS.get(i))).append(' ').append(TEXTS.get(i))
          .append('\n');
    }
    return stream.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A connection over which these bytes come. */
  private static Socket saying(byte[] bytes) {
    return new Socket() {
      @Override
      public InputStream getInputStream() {
        return new ByteArrayInputStream(bytes);
      }

      @Override
      public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
      }

      @Override
      public void setTcpNoDelay(boolean on) {
        // It is connected to nobody.
      }
    };
  }

  private static List<String> read(byte[] bytes) throws IOException {
    List<String> read = new ArrayList<>();
    try (SealedLines lines = new SealedLines(saying(bytes), KEY, true, 64, OURS)) {
      lines.greet();
      for (String text = lines.read(); text != null; text = lines.read()) {
        read.add(text);
        assertEquals(TEXTS.subList(0, read.size()), read, "what was said by who knows the secret, in its order");
      }
    }
    return read;
  }

  @Test
  void shouldReadWhatWasSealed() throws IOException {
    assertEquals(TEXTS, read(valid()));
  }

  @Test
  void shouldTakeNoTextThatWasNotSealed() {
    Fuzz.of(valid()).allocating(64 << 10, 64).refusing(IOException.class)
        .run(SealedLinesFuzzTest::read).mustTakeSome();
  }
}
