package dev.vertxmpi.names;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * A port: where a server accepts connections.
 *
 * <p>Its {@link #name()} is a line of text with real addresses, so it works from a file, an environment variable or a
 * message, without a launcher or a name server in common. Format, version 1:
 *
 * <pre>
 *   mpi1;id=UUID;owner=JOB:RANK.INCARNATION;node=UUID;at.tcp=HOST:PORT;at.bus=ADDRESS;key=BASE64;sum=CRC32
 *   ^    ^       ^                          ^         ^                               ^          ^
 *   |    port    process that serves it     its JVM   one endpoint per link           secret     of all before ";sum"
 *   version
 * </pre>
 *
 * <p>The name holds a secret: who has the name may connect. {@link #toString()} leaves it out; never write
 * {@link #name()} to a log.
 */
public final class Port {

  /** The longest name ({@code MPI_MAX_PORT_NAME}), in characters. */
  public static final int MAX_NAME = 1024;

  /** Bytes of the secret. */
  public static final int KEY_LENGTH = 32;

  private static final String VERSION = "mpi1";
  private static final String ENDPOINT = "at.";

  private final UUID id;
  private final ProcessId owner;
  private final NodeAddress address;
  private final byte[] key;

  /**
   * A port with its parts; programs get one from {@code openPort} or {@code lookup}.
   *
   * @param id of the port
   * @param owner who serves it
   * @param address where that process is
   * @param key the secret, {@link #KEY_LENGTH} bytes; copied
   */
  public Port(UUID id, ProcessId owner, NodeAddress address, byte[] key) {
    if (key.length != KEY_LENGTH) {
      throw new MpiException(ErrorClass.ARG, "the key of a port has " + KEY_LENGTH + " bytes, not " + key.length);
    }
    this.id = id;
    this.owner = owner;
    this.address = address;
    this.key = key.clone();
    if (name().length() > MAX_NAME) {
      throw new MpiException(ErrorClass.PORT, "the port name would be longer than " + MAX_NAME + " characters");
    }
  }

  /**
   * Reads a port name, from wherever it comes.
   *
   * @param name as {@link #name()} writes it; surrounding white space is ignored
   * @return the port
   * @throws MpiException {@link ErrorClass#PORT} where it is not a port name, naming the rule but not the text
   */
  public static Port parse(String name) {
    String text = name.strip();
    if (text.length() > MAX_NAME) {
      throw malformed("it is longer than " + MAX_NAME + " characters");
    }
    if (!text.startsWith(VERSION + ";")) {
      throw malformed(text.matches("(?s)mpi\\d+;.*")
          ? "it is of another version than " + VERSION
          : "it does not begin with " + VERSION + ";");
    }
    int sum = text.lastIndexOf(";sum=");
    if (sum <= VERSION.length() || !text.substring(sum + 5).equals(checksum(text.substring(0, sum)))) {
      throw malformed("its checksum is wrong: it is cut off or changed");
    }
    return fromFields(fields(text.substring(VERSION.length() + 1, sum)));
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : text.split(";", -1)) {
      int equals = field.indexOf('=');
      if (equals < 1 || fields.put(field.substring(0, equals), field.substring(equals + 1)) != null) {
        throw malformed("it is not a list of different key=value fields");
      }
    }
    return fields;
  }

  private static Port fromFields(Map<String, String> fields) {
    for (String required : new String[] {"id", "owner", "node", "key"}) {
      if (!fields.containsKey(required)) {
        throw malformed("it has no field " + required);
      }
    }
    Map<String, String> endpoints = new LinkedHashMap<>();
    fields.forEach((field, value) -> {
      if (field.startsWith(ENDPOINT)) {
        endpoints.put(field.substring(ENDPOINT.length()), value);
      }
    });
    try {
      byte[] key = Base64.getUrlDecoder().decode(fields.get("key"));
      if (key.length != KEY_LENGTH) {
        throw malformed("its key has the wrong length");
      }
      return new Port(UUID.fromString(fields.get("id")), ProcessId.parse(fields.get("owner")),
          new NodeAddress(new NodeId(UUID.fromString(fields.get("node"))), endpoints), key);
    } catch (IllegalArgumentException e) {
      throw malformed("a field has the wrong form");
    }
  }

  private static MpiException malformed(String rule) {
    return new MpiException(ErrorClass.PORT, "the text is not a port name: " + rule);
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }

  /**
   * The text to hand to clients. It holds the secret.
   *
   * @return at most {@link #MAX_NAME} characters on one line
   */
  public String name() {
    StringBuilder text = new StringBuilder(VERSION).append(";id=").append(id).append(";owner=").append(owner)
        .append(";node=").append(address.id());
    new TreeMap<>(address.endpoints())
        .forEach((link, endpoint) -> text.append(';').append(ENDPOINT).append(link).append('=').append(endpoint));
    text.append(";key=").append(Base64.getUrlEncoder().withoutPadding().encodeToString(key));
    return text + ";sum=" + checksum(text.toString());
  }

  /**
   * The port's own id.
   *
   * @return random, never used again
   */
  public UUID id() {
    return id;
  }

  /**
   * The process that serves it.
   *
   * @return its id
   */
  public ProcessId owner() {
    return owner;
  }

  /**
   * Where that process is.
   *
   * @return its node and endpoints
   */
  public NodeAddress address() {
    return address;
  }

  /**
   * The secret.
   *
   * @return a copy
   */
  public byte[] key() {
    return key.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Port port && id.equals(port.id) && owner.equals(port.owner)
        && address.equals(port.address) && Arrays.equals(key, port.key);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /**
   * The port without its secret, for logs.
   *
   * @return id, owner and endpoints
   */
  @Override
  public String toString() {
    return "Port[id=" + id + ", owner=" + owner + ", at=" + new TreeMap<>(address.endpoints()) + "]";
  }
}
