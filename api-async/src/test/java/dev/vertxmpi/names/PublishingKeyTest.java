package dev.vertxmpi.names;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class PublishingKeyTest {

  private static final String TEXT = "0123456789abcdef0123456789abcdef";
  private static final PublishingKey KEY = PublishingKey.of(TEXT);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** By the definition of RFC 2104, for a key shorter than a block. */
  @Test
  void shouldSignByHmacOfSha256() throws Exception {
    byte[] inner = new byte[64];
    byte[] outer = new byte[64];
    for (int i = 0; i < 64; i++) {
      byte of = i < TEXT.length() ? (byte) TEXT.charAt(i) : 0;
      inner[i] = (byte) (of ^ 0x36);
      outer[i] = (byte) (of ^ 0x5c);
    }
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    sha.update(inner);
    byte[] once = sha.digest(bytes("orders"));
    sha.update(outer);
    assertArrayEquals(sha.digest(once), KEY.sign(bytes("orders")));
  }

  @Test
  void shouldKnowItsOwnSignatures() {
    byte[] message = bytes("orders");
    byte[] signature = KEY.sign(message);
    assertTrue(KEY.hasSigned(message, signature));
    assertFalse(KEY.hasSigned(bytes("other"), signature));
    assertFalse(PublishingKey.of(TEXT + "x").hasSigned(message, signature));
    assertFalse(KEY.hasSigned(message, new byte[0]));
    signature[31] ^= 1;
    assertFalse(KEY.hasSigned(message, signature));
  }

  @Test
  void shouldBeReadFromAFileOrTheEnvironment(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("key"), TEXT + "\n");
    assertEquals(KEY, PublishingKey.read(file));
    assertEquals(Optional.empty(), PublishingKey.of(Map.of("HOME", "/")));
    assertEquals(Optional.of(KEY), PublishingKey.of(Map.of("VERTX_MPI_PUBLISHING_KEY", TEXT)));
    assertEquals(Optional.of(KEY), PublishingKey.of(Map.of("VERTX_MPI_PUBLISHING_KEY_FILE", file.toString(),
        "VERTX_MPI_PUBLISHING_KEY", "the file goes first, so this is not looked at")));
    assertNotEquals(KEY, PublishingKey.of(TEXT + "x"));
  }

  @Test
  void shouldNameWhatIsWrongAndNotTheKey(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "hush-hush");
    assertFails("must have 32 to 4096 characters, but has 9", () -> PublishingKey.of("hush-hush"));
    assertFails("must have 32 to 4096 characters, but has 4097", () -> PublishingKey.of("x".repeat(4097)));
    assertFails(file.toString(), () -> PublishingKey.read(file));
    assertFails("cannot be read", () -> PublishingKey.read(folder.resolve("none")));
    assertFails("VERTX_MPI_PUBLISHING_KEY must",
        () -> PublishingKey.of(Map.of("VERTX_MPI_PUBLISHING_KEY", "hush-hush")));
    assertFails("VERTX_MPI_PUBLISHING_KEY_FILE " + file,
        () -> PublishingKey.of(Map.of("VERTX_MPI_PUBLISHING_KEY_FILE", file.toString())));
  }

  private static void assertFails(String part, Executable call) {
    MpiException error = assertThrows(MpiException.class, call);
    assertEquals(ErrorClass.ARG, error.errorClass());
    assertTrue(error.reason().contains(part), error::reason);
    assertFalse(error.reason().contains("hush"), error::reason);
  }

  @Test
  void shouldBeInNoText() {
    assertEquals("PublishingKey[hidden]", KEY.toString());
    MpiOptions options = new MpiOptions().setPublishingKey(KEY);
    assertEquals(Optional.of(KEY), options.getPublishingKey());
    assertEquals(Optional.of(KEY), new MpiOptions(options).getPublishingKey());
    assertFalse(options.toJson().encode().contains(TEXT));
    assertFalse(options.toString().contains(TEXT));
  }
}
