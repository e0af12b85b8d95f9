package org.minivql.builtin.outside;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.minivql.value.Scope;

/** The clients of a run: connections and cookies are kept until it ends. */
final class HttpClients {
  private static final Duration CONNECT = Duration.ofSeconds(30);

  private final Map<Trust, HttpClient> clients = new HashMap<>();
  private final CookieManager cookies = new CookieManager();

  private HttpClients() {}

  /**
   * Which certificates to accept.
   *
   * @param all any
   * @param roots PEM text of certificates to accept in place of those of the host
   */
  record Trust(boolean all, String roots) {}

  static HttpClients of(Scope scope) {
    return scope.runState(HttpClients.class, HttpClients::new);
  }

  synchronized HttpClient client(Trust trust) throws IOException {
    HttpClient client = clients.get(trust);
    if (client == null) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .connectTimeout(CONNECT)
              .cookieHandler(cookies)
              .followRedirects(HttpClient.Redirect.NORMAL);
      if (trust.all() || !trust.roots().isEmpty()) {
        builder.sslContext(context(trust));
      }
      client = builder.build();
      clients.put(trust, client);
    }
    return client;
  }

  private static SSLContext context(Trust trust) throws IOException {
    try {
      TrustManager[] managers =
          trust.all() ? new TrustManager[] {new AnyCertificate()} : roots(trust.roots());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static TrustManager[] roots(String pem) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
      store.setCertificateEntry("root" + number++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** Accepts whatever a server shows; only where the query asks for it. */
  private static final class AnyCertificate extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
