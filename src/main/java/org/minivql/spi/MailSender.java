package org.minivql.spi;

import java.io.IOException;
import java.util.List;
import org.minivql.value.Dict;

/**
 * Sends mails: a service of the host.
 *
 * @since 0.1.0
 */
public interface MailSender {
  /**
   * A mail.
   *
   * @param from the sender, or empty for the host's own
   * @param to the recipients
   * @param cc more recipients
   * @param subject the subject
   * @param body the text
   * @param headers more headers
   */
  record Mail(
      String from, List<String> to, List<String> cc, String subject, String body, Dict headers) {}

  /** Hands a mail over; returns when it was accepted. */
  void send(Mail mail) throws IOException;
}
