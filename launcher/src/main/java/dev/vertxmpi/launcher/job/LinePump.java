package dev.vertxmpi.launcher.job;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a stream of bytes into lines. */
final class LinePump {

  /** A line that never ends must not fill the memory. */
  static final int MAX_LINE = 64 * 1024;

  private final Consumer<String> sink;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LinePump(Consumer<String> sink) {
    this.sink = sink;
  }

  /** Reads to the end of the stream. */
  void drain(InputStream in) throws IOException {
    byte[] chunk = new byte[8192];
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      take(chunk, n);
    }
    if (line.size() > 0) {
      emit();
    }
  }

  private void take(byte[] chunk, int length) {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (chunk[i] == '\n') {
        line.write(chunk, start, i - start);
        emit();
        start = i + 1;
      } else if (line.size() + i - start >= MAX_LINE) {
        line.write(chunk, start, i - start);
        emit();
        start = i;
      }
    }
    line.write(chunk, start, length - start);
  }

  private void emit() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    sink.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }
}
