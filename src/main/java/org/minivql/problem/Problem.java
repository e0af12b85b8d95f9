package org.minivql.problem;

import java.util.regex.Pattern;

/**
 * An error that people meet. Most texts are those of the reference engine and must stay as they
 * are, so a text is recognised by how it is worded; the first entry that fits counts.
 */
public enum Problem {
  /** The run took too long. */
  LIMIT_TIME(
      "more than \\d+ milliseconds of time",
      "The program had not ended when its time was over.",
      "Raise --timeout or QueryOptions.withTimeout; narrow the sources; add LIMIT."),
  /** The run gave too many rows. */
  LIMIT_ROWS(
      "more than \\d+ rows delivered",
      "The program delivered more rows than it may.",
      "Raise --max-rows or Limit.ROWS; add WHERE or LIMIT."),
  /** The run looked at too many rows. */
  LIMIT_SCANNED(
      "more than \\d+ rows looked at",
      "All SELECTs of the program together looked at more rows than they may.",
      "Raise --max-scanned or Limit.SCANNED; filter earlier, in the innermost query."),
  /** The run kept too many rows. */
  LIMIT_BYTES(
      "more than \\d+ bytes of materialised rows",
      "LET <=, ORDER BY or GROUP BY kept more rows than they may, in memory and in files.",
      "Raise --max-bytes or Limit.BYTES; keep fewer columns; use LET = where rows are used once."),
  /** One value was too large. */
  LIMIT_MEMORY(
      "more than \\d+ bytes of memory",
      "One value, such as a list made by a sub-select or enumerate(), is too large, or the heap is"
          + " full.",
      "Raise --max-memory or Limit.MEMORY and the heap (-Xmx); keep rows as rows."),
  /** Scopes were nested too deeply. */
  LIMIT_DEPTH(
      "more than \\d+ scopes inside each other",
      "Definitions called each other more deeply than they may.",
      "Raise --max-depth or Limit.DEPTH (1000 at most); end the recursion."),
  /** Too many threads were asked for. */
  LIMIT_THREADS(
      "more than \\d+ threads at once",
      "foreach(workers=) and the like asked for more threads than the run may have.",
      "Raise --max-threads or Limit.THREADS; ask for fewer workers, above all in nested calls."),
  /** Too many files were open. */
  LIMIT_FILES(
      "more than \\d+ files open at once",
      "Nested queries held more files open than the run may have.",
      "Raise --max-files or Limit.FILES; read one file after the other."),
  /** The engine itself failed. */
  INTERNAL(
      "PANIC: |internal error: ",
      "The engine or a function of the application failed in a way that was not foreseen.",
      "Report it with the program; --debug shows where it happened."),
  /** Scopes too deep for the language. */
  STACK(
      "^Stack Overflow: ",
      "A thousand scopes are nested: a definition calls itself without end. The value is NULL.",
      "Give the recursion a condition that ends it."),
  /** A string grew too long. */
  STRING(
      "exceeded memory limits",
      "+ or * would make a string longer than the language allows. The value is NULL.",
      "Build long texts with join() over rows, or write them to a file."),
  /** A name means nothing. */
  SYMBOL(
      "Symbol .* not found",
      "No variable, column, definition or function of this name is visible there.",
      "Check the spelling; the line shows which names are visible."),
  /** There is no such plugin. */
  PLUGIN(
      "Plugin .* not found",
      "No plugin, definition or artifact of this name is visible there.",
      "Check the spelling with vql doc; load artifacts with --definitions."),
  /** Something that cannot be called. */
  CALL(
      "is not a function but it is being called|is not callable as a plugin",
      "A value is called as if it were a function or a plugin.",
      "Drop the parentheses, or define the name with parameters."),
  /** Wrong arguments. */
  ARGUMENT(
      "Extra unrecognized arg |Missing arg |Unexpected arg |Field .* is required|parameters in Lambda"
          + " call|While parsing arg",
      "A call has an argument too many or too few, or one of another type.",
      "See what the call takes: vql doc NAME."),
  /** Not a number. */
  NUMBER(
      "Unable to parse .* as a number",
      "A literal has the form of a number but none that fits.",
      "Write it as a 64 bit integer or a float, or as a string."),
  /** Not a regular expression. */
  REGEX(
      "Compile regexp: |ompile regex |error parsing regexp|not a pattern: ",
      "A pattern is no regular expression (RE2 syntax), or too large.",
      "Escape what is meant literally; RE2 has no look-around and no back-references."),
  /** A library is missing. */
  LIBRARY(
      "needs the library ",
      "An optional library is not on the class path.",
      "Add the dependency that the text names."),
  /** A file outside of the roots. */
  ROOTS(
      "not below a folder the query may read",
      "The file, or what a link leads to, lies outside the folders that queries may read.",
      "Give FileRoots.below the folder, or copy the file into one that may be read."),
  /** An effect without permission. */
  EFFECT(
      "Permission denied: the effect ",
      "A call would change something outside the query, and nobody allowed it.",
      "Allow it: --allow EFFECT, or a service Effects."),
  /** A decompression bomb. */
  RATIO(
      "decompressed data is more than ",
      "Packed content grows out of proportion, as only content made to do harm does.",
      "Unpack it by other means and with care, if at all."),
  /** An archive cannot be read. */
  ARCHIVE(
      "not a valid zip file",
      "A file is no ZIP archive, or damaged.",
      "Check the file; give its accessor if it lies in another archive."),
  /** Somebody else is writing. */
  STORE_LOCKED(
      "another process is writing to this store",
      "A store is written by one process at a time.",
      "Wait for the other process, or end it; reading (vql store show) works meanwhile."),
  /** A store lost something. */
  STORE_DAMAGED(
      ": damaged: |not a store, or damaged",
      "Something that was acknowledged is not in the store as it was: the file was cut off,"
          + " altered or replaced by an older one.",
      "Restore a backup of the whole folder. To go on from an older file that is whole, remove"
          + " registry.head beside it."),
  /** There is no store. */
  STORE_MISSING(
      "there is no store",
      "The folder has no store in it.",
      "Check the path; run --store makes a store."),
  /** A store cannot be written. */
  STORE_WRITE(
      "the store cannot be written to|a change could not be written|closed when it could not be"
          + " written",
      "The disk is full or read-only, or the permissions forbid it.",
      "Make room or change the permissions and start again; acknowledged changes are kept."),
  /** No such artifact. */
  ARTIFACT(
      "no artifact is called |rtifact .* not found",
      "No definition of this name is loaded.",
      "Load it with --definitions DIR; vql artifacts list shows what is there."),
  /** Not a definition, a program or data. */
  SYNTAX(
      ":\\d+:\\d+: |^(vql: )?yaml: line ",
      "A text is no VQL, YAML or JSON at the place that is shown.",
      "Correct the line; vql verify checks without running."),
  /** No such file. */
  FILE(
      "no such file|file not found|it is a directory|not a directory|is a directory",
      "A file or folder is not there, or it is the other of the two.",
      "Check the path: relative names start in the current folder."),
  /** May not be read. */
  ACCESS(
      "permission denied",
      "The operating system does not let this user read or write the file.",
      "Change the permissions, or run as a user who may."),
  /** A call that needs a live endpoint. */
  UNSUPPORTED(
      "not supported",
      "The call needs a live endpoint or server that this engine is not.",
      "Replace it with mock() in tests; collect what it reads on the endpoint."),
  /** Wrong command line. */
  USAGE(
      "^vql: (unknown |missing |unexpected |no command given|nothing is called |give |--\\S+ "
          + "|[A-Z]+ is one of )",
      "The command line has an option, argument or name that is not known, or lacks one.",
      "vql COMMAND --help lists them.");

  private final Pattern wording;
  private final String cause;
  private final String remedy;

  Problem(String wording, String cause, String remedy) {
    this.wording = Pattern.compile(wording);
    this.cause = cause;
    this.remedy = remedy;
  }

  /** The id, as it is printed. */
  public String id() {
    return "E-" + name().replace('_', '-');
  }

  /** What causes it: whole sentences. */
  public String cause() {
    return cause;
  }

  /** What to do: whole sentences. */
  public String remedy() {
    return remedy;
  }

  /** The problem that a line of a log or a message tells of, or null for one that is not listed. */
  public static Problem of(String message) {
    for (Problem problem : values()) {
      if (problem.wording.matcher(message).find()) {
        return problem;
      }
    }
    return null;
  }

  /** The problem with an id, or null. */
  public static Problem withId(String id) {
    for (Problem problem : values()) {
      if (problem.id().equalsIgnoreCase(id)) {
        return problem;
      }
    }
    return null;
  }
}
