package dev.vertxmpi.runtime.vertx;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Vertx;
import io.vertx.core.net.SSLOptions;
import java.util.Set;

/** TLS for streams, by the options of Vert.x. Both sides show a certificate that the other one trusts. */
public final class StreamTls {

  private final SslContext client;
  private final SslContext server;
  private final long timeoutMillis;

  private StreamTls(SslContext client, SslContext server, long timeoutMillis) {
    this.client = client;
    this.server = server;
    this.timeoutMillis = timeoutMillis;
  }

  /**
   * Reads keys and trust. May block.
   *
   * @param vertx for files
   * @param options with keys and trust
   * @return ready to use
   * @throws Exception where they cannot be read
   */
  public static StreamTls of(Vertx vertx, SSLOptions options) throws Exception {
    String[] protocols = options.getEnabledSecureTransportProtocols().toArray(String[]::new);
    Set<String> ciphers = options.getEnabledCipherSuites();
    var keys = options.getKeyCertOptions().getKeyManagerFactory(vertx);
    var trust = options.getTrustOptions().getTrustManagerFactory(vertx);
    SslContextBuilder forClient = SslContextBuilder.forClient().keyManager(keys).trustManager(trust)
        .endpointIdentificationAlgorithm(null).protocols(protocols);
    SslContextBuilder forServer = SslContextBuilder.forServer(keys).trustManager(trust)
        .clientAuth(ClientAuth.REQUIRE).protocols(protocols);
    if (!ciphers.isEmpty()) {
      forClient.ciphers(ciphers);
      forServer.ciphers(ciphers);
    }
    return new StreamTls(forClient.build(), forServer.build(),
        options.getSslHandshakeTimeoutUnit().toMillis(options.getSslHandshakeTimeout()));
  }

  SslHandler client(Channel channel, String host, int port) {
    return timed(client.newHandler(channel.alloc(), host, port));
  }

  SslHandler server(Channel channel) {
    return timed(server.newHandler(channel.alloc()));
  }

  private SslHandler timed(SslHandler handler) {
    handler.setHandshakeTimeoutMillis(timeoutMillis);
    return handler;
  }
}
