package org.minivql.builtin.outside;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.Effects;
import org.minivql.spi.MailSender;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Sink;
import org.minivql.value.Spans;

/** Mails, sent by the host. */
final class Mails {
  private static final String SENT = "OK: Message Sent";

  private Mails() {}

  /** When the last mail of the run went out. */
  private static final class Last {
    private Instant sent = Instant.MIN;

    synchronized boolean tooSoon(Instant now, long seconds) {
      if (!sent.equals(Instant.MIN) && sent.plus(Spans.seconds(seconds)).isAfter(now)) {
        return true;
      }
      sent = now;
      return false;
    }
  }

  @VqlFunction(
      name = "mail",
      doc = "Sends a mail through the host; a dict with ErrorStatus.",
      version = 2)
  static Object mail(
      CallContext context,
      @Arg(value = "The recipients.", required = true) StringList to,
      @Arg(value = "The text.", required = true) String body,
      @Arg("The sender.") String from,
      @Arg("More recipients.") StringList cc,
      @Arg("The subject.") String subject,
      @Arg(value = "Seconds between two mails.", defaultValue = "60") long period,
      @Arg(value = "Decided by the host.", name = "server_port") long serverPort,
      @Arg("Decided by the host.") String server,
      @Arg(value = "Decided by the host.", name = "auth_username") String authUsername,
      @Arg(value = "Decided by the host.", name = "auth_password") String authPassword,
      @Arg(value = "Decided by the host.", name = "skip_verify") boolean skipVerify,
      @Arg(value = "Decided by the host.", name = "root_ca") String rootCa,
      @Arg("Decided by the host.") String secret,
      @Arg("More headers.") Dict headers) {
    MailSender.Mail mail =
        new MailSender.Mail(
            text(from),
            to,
            cc == null ? List.of() : cc,
            text(subject),
            body,
            headers == null ? Dict.EMPTY : headers);
    return Dict.of("ErrorStatus", send(context, mail, period));
  }

  @VqlPlugin(name = "mail", doc = "Sends a mail; one row with ErrorStatus.", version = 2)
  static void mailRow(
      CallContext context,
      Sink out,
      @Arg(value = "The recipients.", required = true) StringList to,
      @Arg(value = "The text.", required = true) String body,
      @Arg("The sender.") String from,
      @Arg("More recipients.") StringList cc,
      @Arg("The subject.") String subject,
      @Arg(value = "Seconds between two mails.", defaultValue = "60") long period,
      @Arg(value = "Decided by the host.", name = "server_port") long serverPort,
      @Arg("Decided by the host.") String server,
      @Arg(value = "Decided by the host.", name = "auth_username") String authUsername,
      @Arg(value = "Decided by the host.", name = "auth_password") String authPassword,
      @Arg(value = "Decided by the host.", name = "skip_verify") boolean skipVerify,
      @Arg(value = "Decided by the host.", name = "root_ca") String rootCa,
      @Arg("Decided by the host.") String secret,
      @Arg("More headers.") Dict headers) {
    out.row(
        mail(context, to, body, from, cc, subject, period, 0, "", "", "", false, "", "", headers));
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  private static String send(CallContext context, MailSender.Mail mail, long period) {
    Scope scope = context.scope();
    if (scope.runState(Last.class, Last::new).tooSoon(scope.clock().instant(), period)) {
      return failed(context, "Send too fast, suppressing.");
    }
    try {
      boolean real =
          Effects.ask(
              context,
              Effects.Kind.MAIL,
              String.join(", ", mail.to()),
              Dict.of("subject", mail.subject(), "body", mail.body()));
      MailSender sender = scope.service(MailSender.class);
      if (real && sender == null) {
        return failed(context, "no mail server is configured");
      }
      if (real) {
        sender.send(mail);
      }
      return SENT;
    } catch (ArgumentException | IOException e) {
      return failed(context, e.getMessage());
    }
  }

  private static String failed(CallContext context, String message) {
    context.append("ERROR:mail: " + message);
    return message;
  }
}
