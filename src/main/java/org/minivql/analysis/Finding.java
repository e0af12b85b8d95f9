package org.minivql.analysis;

import java.util.Locale;
import org.minivql.syntax.tree.Span;

/**
 * Something found in a program.
 *
 * @param rule what kind of thing
 * @param span where
 * @param message what is wrong, in one sentence without a full stop
 */
public record Finding(Rule rule, Span span, String message) {
  /** How serious a finding is. */
  public enum Severity {
    /** It will fail. */
    ERROR,
    /** It may be meant otherwise. */
    WARNING
  }

  /** The rules. */
  public enum Rule {
    /** The text is not VQL. */
    SYNTAX_ERROR(Severity.ERROR, "The text is not VQL."),
    /** A definition is not valid. */
    ARTIFACT_ERROR(Severity.ERROR, "The artifact definition is not valid."),
    /** There is no such plugin. */
    UNKNOWN_PLUGIN(Severity.ERROR, "No plugin or definition has this name."),
    /** There is no such function. */
    UNKNOWN_FUNCTION(Severity.ERROR, "No function or definition has this name."),
    /** There is no such artifact. */
    UNKNOWN_ARTIFACT(Severity.ERROR, "No artifact has this name."),
    /** The artifact has no such parameter. */
    UNKNOWN_PARAMETER(Severity.ERROR, "The artifact has no such parameter."),
    /** The builtin or definition has no such argument. */
    INVALID_ARG(Severity.ERROR, "The call has an argument that is not declared."),
    /** An argument must be given. */
    REQUIRED_ARG_MISSING(Severity.ERROR, "The call lacks an argument that it needs."),
    /** A literal cannot be what the argument needs. */
    WRONG_TYPE(Severity.ERROR, "The argument needs a value of another type."),
    /** A definition without parameters is called with arguments. */
    CALL_AS_FUNCTION(Severity.ERROR, "A definition without parameters is called."),
    /** A definition is never used. */
    UNUSED_LET(Severity.WARNING, "The definition is not used."),
    /** A definition hides a builtin. */
    SYMBOL_MASK(Severity.WARNING, "The definition hides a builtin of the same name."),
    /** Rows of a source that never ends are collected. */
    ENDLESS_COLLECT(Severity.WARNING, "GROUP BY or ORDER BY waits for a source that never ends."),
    /** A server rule ends at once. */
    RULE_ENDS(Severity.WARNING, "The query of an event artifact ends and is not started again."),
    /** What works on a server only is used on clients. */
    SERVER_ONLY(Severity.WARNING, "The call works on a server only, the artifact runs on clients."),
    /** A label operation that does nothing. */
    LABEL_OP(Severity.WARNING, "The label operation does nothing."),
    /** A queue that gets no events under this name. */
    QUEUE_NAME(Severity.WARNING, "The queue gets no events under this name."),
    /** Results are waited for by a pattern and read by a name. */
    RESULT_NAME(Severity.WARNING, "Results that the condition matches are not read."),
    /** Arguments that exclude each other. */
    IGNORED_ARG(Severity.WARNING, "The argument has no effect here.");

    private final Severity severity;
    private final String doc;

    Rule(Severity severity, String doc) {
      this.severity = severity;
      this.doc = doc;
    }

    /** How serious it is. */
    public Severity severity() {
      return severity;
    }

    /** What it means, in one sentence. */
    public String doc() {
      return doc;
    }

    /** The name in messages. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
