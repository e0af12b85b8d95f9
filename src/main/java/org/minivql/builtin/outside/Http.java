package org.minivql.builtin.outside;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.minivql.accessor.TempFiles;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.DictList;
import org.minivql.spi.Effects;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Sink;

/** HTTP requests. */
final class Http {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final Shape ROW = Shape.of("Url", "Content", "Response", "Headers");
  private static final int LONGEST_CHUNK = 64 << 20;

  private Http() {}

  @VqlPlugin(
      name = "http_client",
      permission = "NETWORK",
      doc =
          "Asks one URL after the other until one answers well; a row for each piece of its"
              + " content. A host that cannot be reached gives a row with Response 500.",
      columns = {"Url", "Content", "Response", "Headers"},
      version = 3)
  static void httpClient(
      CallContext context,
      Sink out,
      @Arg("The URLs, tried in order.") StringList url,
      @Arg("Query parameters of a GET, form fields of the others.") Dict params,
      @Arg("Request headers.") Dict headers,
      @Arg(value = "GET, POST, PUT, PATCH or DELETE.", defaultValue = "GET") String method,
      @Arg("The body; it wins over parameters and files.") String data,
      @Arg(value = "Bytes of content in a row.", name = "chunk_size", defaultValue = "4194304")
          long chunkSize,
      @Arg(value = "Old name of skip_verify.", name = "disable_ssl_security")
          boolean disableSslSecurity,
      @Arg(value = "Accept any certificate.", name = "skip_verify") boolean skipVerify,
      @Arg(
              value = "Store the content in a temporary file of this extension.",
              name = "tempfile_extension")
          String tempfileExtension,
      @Arg(value = "Remove that file only at the end of the query.", name = "remove_last")
          boolean removeLast,
      @Arg(value = "Trusted certificates, as PEM.", name = "root_ca") String rootCa,
      @Arg(value = "Accepted; cookies are kept for the whole query.", name = "cookie_jar")
          Dict cookieJar,
      @Arg(
              value = "The name to introduce oneself with.",
              name = "user_agent",
              defaultValue = "Velociraptor")
          String userAgent,
      @Arg("Managed secrets; not available.") String secret,
      @Arg("Files to send: dicts with file, key, path and accessor.") DictList files) {
    String verb = method.toUpperCase(Locale.ROOT);
    if (!METHODS.contains(verb)) {
      throw new ArgumentException("Invalid HTTP Method " + verb);
    }
    if (url == null || url.isEmpty()) {
      throw new ArgumentException("url is required");
    }
    if (secret != null && !secret.isEmpty()) {
      throw new ArgumentException("secrets are not available: " + secret);
    }
    if (context.given("disable_ssl_security")) {
      context.log("disable_ssl_security is deprecated, please use skip_verify instead");
    }
    HttpBody body = new HttpBody(context, verb, params, data, files, headers, userAgent);
    HttpClients.Trust trust =
        new HttpClients.Trust(skipVerify || disableSslSecurity, rootCa == null ? "" : rootCa);
    Receiver receiver = new Receiver(context, out, chunkSize, tempfileExtension, removeLast);
    for (int i = 0; i < url.size(); i++) {
      if (fetch(context, url.get(i), body, trust, receiver, i + 1 == url.size())) {
        return;
      }
    }
  }

  /** Asks one URL; true when its answer is the one to give. */
  private static boolean fetch(
      CallContext context,
      String url,
      HttpBody body,
      HttpClients.Trust trust,
      Receiver receiver,
      boolean last) {
    context.append("Fetching " + url);
    try {
      HttpRequest request = body.request(url);
      Dict details = Dict.of("method", request.method());
      if (!Effects.ask(context, Effects.Kind.HTTP, url, details)) {
        receiver.out.row(Dict.over(ROW, url, "", 200L, Dict.EMPTY));
        return true;
      }
      HttpResponse<InputStream> response =
          HttpClients.of(context.scope())
              .client(trust)
              .send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        boolean good = response.statusCode() / 100 == 2;
        if (!good && !last) {
          context.append("Failed " + url + ": " + response.statusCode() + " - trying next Url");
          return false;
        }
        receiver.rows(url, response, in);
        return true;
      }
    } catch (IOException e) {
      return failed(context, url, reason(e), receiver, last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static String reason(IOException e) {
    if (e.getMessage() != null) {
      return e.getMessage();
    }
    return e instanceof ConnectException ? "connection refused" : e.toString();
  }

  private static boolean failed(
      CallContext context, String url, String reason, Receiver receiver, boolean last) {
    if (!last) {
      context.append("Failed " + url + ": " + reason + " - trying next Url");
      return false;
    }
    context.log(reason);
    receiver.out.row(Dict.over(ROW, url, reason, 500L, null));
    return true;
  }

  /** Turns an answer into rows. */
  private record Receiver(
      CallContext context, Sink out, long chunkSize, String extension, boolean last) {
    void rows(String url, HttpResponse<InputStream> response, InputStream in) throws IOException {
      Dict headers = headers(response.headers().map());
      long status = response.statusCode();
      if (extension != null && !extension.isEmpty()) {
        Path file = TempFiles.file(context, extension, last);
        try (OutputStream target = Files.newOutputStream(file)) {
          in.transferTo(target);
        }
        out.row(Dict.over(ROW, url, file.toString(), status, headers));
        return;
      }
      int size = (int) Math.max(1, Math.min(chunkSize, LONGEST_CHUNK));
      byte[] chunk = in.readNBytes(size);
      do {
        if (!out.row(Dict.over(ROW, url, Bytes.decode(chunk), status, headers))) {
          return;
        }
        chunk = in.readNBytes(size);
      } while (chunk.length > 0);
    }

    private static Dict headers(Map<String, List<String>> map) {
      Map<String, Object> headers = new TreeMap<>();
      map.forEach((name, values) -> headers.put(canonical(name), new ArrayList<Object>(values)));
      return Dict.unordered(headers);
    }

    /** Names with capitals at the start of each word, whatever the protocol version made them. */
    private static String canonical(String name) {
      StringBuilder canonical = new StringBuilder();
      boolean start = true;
      for (char c : name.toCharArray()) {
        canonical.append(start ? Character.toUpperCase(c) : Character.toLowerCase(c));
        start = c == '-';
      }
      return canonical.toString();
    }
  }
}
