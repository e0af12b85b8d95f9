package org.minivql.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.minivql.value.Dict;

class RowPrinterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theFirstRowGoesOutAtOnce() throws IOException {
    try (RowPrinter printer = new RowPrinter("jsonl", out, 0)) {
      printer.begin();
      printer.row(Dict.of("A", 1L));
      assertThat(text()).isEqualTo("{\"A\":1}\n");
    }
  }

  @Test
  void aRowIsNotHeldBackWhenNoOtherFollows() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    OutputStream watched =
        new OutputStream() {
          @Override
          public void write(int b) {
            out.write(b);
          }

          @Override
          public synchronized void write(byte[] bytes, int from, int length) {
            out.write(bytes, from, length);
            if (text().contains("\"A\":2")) {
              second.countDown();
            }
          }
        };
    try (RowPrinter printer = new RowPrinter("jsonl", watched, 0)) {
      printer.begin();
      printer.row(Dict.of("A", 1L));
      printer.row(Dict.of("A", 2L));
      assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void closingCompletesTheTextAndDropsLaterRows() throws IOException {
    RowPrinter printer = new RowPrinter("json", out, 0);
    printer.begin();
    printer.row(Dict.of("A", 1L));
    printer.close();
    printer.row(Dict.of("A", 2L));
    printer.end();

    assertThat(text()).isEqualTo("[\n {\n  \"A\": 1\n }\n]\n");
  }

  @Test
  void aFailingTargetIsReported() throws IOException {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    RowPrinter printer = new RowPrinter("jsonl", full, 0);
    printer.begin();
    assertThatThrownBy(() -> printer.row(Dict.of("A", 1L)))
        .hasMessageContaining("No space left on device");
  }
}
