package org.minivql.builtin.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.spi.Effects;
import org.minivql.spi.MailSender;
import org.minivql.testing.Run;

class OutsideTest {
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/echo",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] answer =
              (exchange.getRequestMethod() + " " + exchange.getRequestURI().getQuery() + " " + body)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("X-Test", "1");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Run run(Effects effects, String program) {
    Vql engine = Vql.builder().service(Effects.class, effects).build();
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    return Run.of(engine, program, QueryOptions.defaults().withEnv(Map.of("Base", base)));
  }

  @Test
  void asksAndReadsTheAnswerInPieces() {
    Run run =
        run(
            Effects.allowAll(),
            "SELECT Content, Response, Headers.`X-Test` AS H FROM http_client(url=Base + '/echo?a=1',"
                + " params=dict(b='x y'), chunk_size=12)");
    assertThat(run.rows())
        .containsExactly(
            "{\"Content\":\"GET a=1\\u0026b=x+\",\"Response\":200,\"H\":[\"1\"]}",
            "{\"Content\":\"y \",\"Response\":200,\"H\":[\"1\"]}");
  }

  @Test
  void sendsFormsAndTriesTheNextUrl() {
    Run run =
        run(
            Effects.allowAll(),
            "SELECT Content FROM http_client(url=[Base + '/none', Base + '/echo'], method='post',"
                + " params=dict(k='v'))");
    assertThat(run.rows()).containsExactly("{\"Content\":\"POST null k=v\"}");
    assertThat(run.log()).hasSize(3);
    assertThat(run.log().get(0)).startsWith("Fetching http://").endsWith("/none");
    assertThat(run.log().get(1)).startsWith("Failed http://").endsWith(" - trying next Url");
  }

  @Test
  void asksNobodyUnlessTheHostAllowsIt() {
    Run run = run(Effects.none(), "SELECT * FROM http_client(url=Base + '/echo')");
    assertThat(run.rows()).isEmpty();
    assertThat(run.log()).anyMatch(line -> line.startsWith("http_client: Permission denied"));
  }

  @Test
  void answersARowForAHostThatIsNotThere() {
    int port = server.getAddress().getPort();
    server.stop(0);
    Run run =
        run(
            Effects.allowAll(),
            "SELECT Response FROM http_client(url='http://127.0.0.1:" + port + "/')");
    assertThat(run.rows()).containsExactly("{\"Response\":500}");
  }

  @Test
  void handsMailsToTheHostAndNotTooMany() {
    List<String> sent = new ArrayList<>();
    Vql engine =
        Vql.builder()
            .service(Effects.class, Effects.allowAll())
            .service(MailSender.class, mail -> sent.add(mail.to() + " " + mail.subject()))
            .build();
    Run run =
        Run.of(
            engine,
            "SELECT mail(to='a@b.example', subject='s', body='t').ErrorStatus AS E FROM"
                + " range(end=2)");
    assertThat(run.rows())
        .containsExactly("{\"E\":\"OK: Message Sent\"}", "{\"E\":\"Send too fast, suppressing.\"}");
    assertThat(sent).containsExactly("[a@b.example] s");
  }
}
