package org.minivql.builtin.outside;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.spi.CallContext;
import org.minivql.spi.DictList;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;

/** What a call asks: the request for each of its URLs. */
record HttpBody(
    CallContext context,
    String method,
    Dict params,
    String data,
    DictList files,
    Dict headers,
    String userAgent) {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int LARGEST_FILE = 256 << 20;

  /**
   * The request for a URL.
   *
   * @throws IOException when the URL is none or a file cannot be read
   */
  HttpRequest request(String url) throws IOException {
    boolean get = method.equals("GET");
    String encoded = encoded();
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  URI.create(get && !encoded.isEmpty() ? extended(url, encoded) : url))
              .timeout(PATIENCE)
              .setHeader("User-Agent", userAgent);
      byte[] body = new byte[0];
      if (data != null && !data.isEmpty()) {
        body = Bytes.encode(data);
      } else if (files != null && !files.isEmpty()) {
        String boundary = "vql" + Long.toHexString(context.scope().random().nextLong());
        request.setHeader("Content-Type", "multipart/form-data; boundary=" + boundary);
        body = multipart(boundary);
      } else if (!get) {
        body = encoded.getBytes(StandardCharsets.UTF_8);
      }
      if (headers != null) {
        for (Map.Entry<String, Object> header : headers.entries()) {
          if (header.getValue() instanceof String value) {
            request.setHeader(header.getKey(), value);
          }
        }
      }
      HttpRequest.BodyPublisher publisher =
          body.length == 0
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofByteArray(body);
      return request.method(method, publisher).build();
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static String extended(String url, String query) {
    int hash = url.indexOf('#');
    String base = hash < 0 ? url : url.substring(0, hash);
    return base + (base.indexOf('?') < 0 ? "?" : "&") + query;
  }

  private String encoded() {
    StringBuilder query = new StringBuilder();
    if (params == null) {
      return "";
    }
    for (Map.Entry<String, Object> entry : params.entries()) {
      List<?> values = entry.getValue() instanceof List<?> list ? list : List.of(text(entry));
      for (Object value : values) {
        query.append(query.isEmpty() ? "" : "&").append(encode(entry.getKey())).append('=');
        query.append(encode(context.scope().operators().text(context.scope(), value)));
      }
    }
    return query.toString();
  }

  private String text(Map.Entry<String, Object> entry) {
    return context.scope().operators().text(context.scope(), entry.getValue());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private byte[] multipart(String boundary) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Map.Entry<String, Object> field :
        params == null ? List.<Map.Entry<String, Object>>of() : params.entries()) {
      part(out, boundary, "name=\"" + quoted(field.getKey()) + "\"");
      out.writeBytes(Bytes.encode(text(field)));
      out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    for (Dict file : files) {
      String key = file.get("key") instanceof String s ? s : "file";
      String name = file.get("file") instanceof String s ? s : key;
      part(out, boundary, "name=\"" + quoted(key) + "\"; filename=\"" + quoted(name) + "\"");
      String accessor = file.get("accessor") instanceof String s ? s : "";
      FileArguments source = FileArguments.of(context, accessor, "path");
      try (InputStream in =
          source.accessor().open(context.scope(), source.path(file.get("path"), "path"))) {
        out.writeBytes(in.readNBytes(LARGEST_FILE));
      }
      out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static void part(ByteArrayOutputStream out, String boundary, String disposition) {
    String head =
        "--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }
}
