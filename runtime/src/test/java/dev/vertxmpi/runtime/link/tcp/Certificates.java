package dev.vertxmpi.runtime.link.tcp;

import io.vertx.core.net.JksOptions;
import io.vertx.core.net.SSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Certificates that sign themselves, made by the JDK's tool. */
final class Certificates {

  private static final String PASSWORD = "for tests";

  private Certificates() {
  }

  /** A key store with a new certificate. */
  static Path make(Path folder, String name) throws IOException, InterruptedException {
    Path store = folder.resolve(name + ".p12");
    Process tool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "2", "-storetype",
        "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD).redirectErrorStream(true).start();
    tool.getInputStream().readAllBytes();
    if (tool.waitFor() != 0 || !Files.exists(store)) {
      throw new IOException("keytool made no certificate");
    }
    return store;
  }

  /** Shows one certificate and trusts another. */
  static SSLOptions options(Path shown, Path trusted) {
    return new SSLOptions().setKeyCertOptions(store(shown)).setTrustOptions(store(trusted));
  }

  private static JksOptions store(Path path) {
    return new JksOptions().setPath(path.toString()).setPassword(PASSWORD);
  }
}
