package org.minivql.spi;

import java.util.Locale;
import org.minivql.value.Dict;
import org.minivql.value.Scope;

/**
 * Decides what a query may do to the world outside the process. A service of the host: a builtin
 * asks before anything happens. An engine without the service refuses everything but temporary
 * files of the query itself.
 *
 * @since 0.1.0
 */
public interface Effects {
  /** What is about to happen. */
  enum Kind {
    /** A file is created, changed or overwritten. */
    WRITE,
    /** A file is deleted. */
    DELETE,
    /** A temporary file or folder is created; it is removed when the query ends. */
    TEMPFILE,
    /** A file is handed to the host's store of uploads. */
    UPLOAD,
    /** A process is started. */
    EXECVE,
    /** A network request other than mail. */
    HTTP,
    /** A mail is sent. */
    MAIL
  }

  /** The answer. */
  enum Verdict {
    /** Do it. */
    ALLOW,
    /** Do not do it, and answer as if it had been done. */
    RECORD,
    /** Do not do it, and say so. */
    REFUSE
  }

  /**
   * One intended effect.
   *
   * @param kind what kind of effect
   * @param builtin the name of the function or plugin
   * @param target what it is done to: a file name, an address, a command
   * @param details the rest, by name
   */
  record Effect(Kind kind, String builtin, String target, Dict details) {}

  /**
   * A verdict and the reason for it.
   *
   * @param verdict what to do
   * @param reason the text to log for a refusal; empty for others
   */
  record Decision(Verdict verdict, String reason) {
    /** Go ahead. */
    public static final Decision ALLOW = new Decision(Verdict.ALLOW, "");

    /** Pretend. */
    public static final Decision RECORD = new Decision(Verdict.RECORD, "");

    /** A refusal with its reason. */
    public static Decision refuse(String reason) {
      return new Decision(Verdict.REFUSE, reason);
    }
  }

  /** Decides about one effect; must not block for long and must be thread-safe. */
  Decision decide(Effect effect);

  /** A handler that allows everything. */
  static Effects allowAll() {
    return effect -> Decision.ALLOW;
  }

  /** A handler that allows temporary files only. */
  static Effects none() {
    return effect ->
        effect.kind() == Kind.TEMPFILE
            ? Decision.ALLOW
            : Decision.refuse(
                "Permission denied: the effect "
                    + effect.kind().name().toLowerCase(Locale.ROOT)
                    + " on "
                    + effect.target()
                    + " is not allowed");
  }

  /**
   * Asks the scope's handler about an effect.
   *
   * @return true when it is to be done, false when the builtin pretends
   * @throws ArgumentException when it is refused
   */
  static boolean ask(CallContext context, Kind kind, String target, Dict details) {
    return ask(context.scope(), new Effect(kind, context.name(), target, details));
  }

  private static boolean ask(Scope scope, Effect effect) {
    Effects handler = scope.service(Effects.class);
    Decision decision = (handler == null ? none() : handler).decide(effect);
    if (decision.verdict() == Verdict.REFUSE) {
      throw new ArgumentException(decision.reason());
    }
    return decision.verdict() == Verdict.ALLOW;
  }
}
