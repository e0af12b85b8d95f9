package org.minivql.builtin.yara;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.minivql.accessor.FileInfo;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.spi.Arg;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlPlugin;
import org.minivql.value.Dict;
import org.minivql.value.Shape;
import org.minivql.value.Sink;
import org.minivql.yara.Watch;
import org.minivql.yara.YaraException;
import org.minivql.yara.YaraRules;

/** Scanning files with YARA rules. */
final class YaraCalls {
  private static final String BLOCK = "1048576";
  private static final int LARGEST = 256 << 20;
  private static final Shape ROW = Shape.of("Rule", "Meta", "Tags", "String", "File", "FileName");

  private YaraCalls() {}

  @VqlPlugin(
      name = "yara",
      doc =
          "The places where YARA rules match files: a row for each string that was found, or one for"
              + " a rule that has none. Modules and compiled rules are not supported.",
      columns = {"Rule", "Meta", "Tags", "String", "File", "FileName"},
      version = 2,
      permission = "FILESYSTEM_READ",
      examples = {
        "SELECT Rule, String.Offset AS O FROM yara(files='xxabc', accessor='data', rules='rule R {"
            + " strings: $a = \"ABC\" nocase condition: $a }') => [{\"Rule\":\"R\",\"O\":2}]",
        "SELECT String.Data AS D FROM yara(files='one two one', accessor='data', number=9,"
            + " rules='ascii:one') => [{\"D\":\"one\"},{\"D\":\"one\"}]"
      })
  static void yara(
      CallContext call,
      Sink out,
      @Arg(value = "The files: paths, or lists of them.", required = true) List<Object> files,
      @Arg("The rules, or a short form: wide nocase:one,two.") String rules,
      @Arg("The accessor.") String accessor,
      @Arg("Bytes to show before and after each hit.") long context,
      @Arg("Where to begin; the file is read in blocks then.") long start,
      @Arg("Where to end; 0 for the end of the file.") long end,
      @Arg(value = "End after this many rows.", defaultValue = "1") long number,
      @Arg(value = "Bytes in a block; hits across two are not seen.", defaultValue = BLOCK)
          long blocksize,
      @Arg("Rules compiled under this name before are used again.") String key,
      @Arg("Accepted.") String namespace,
      @Arg("Variables that the rules use.") Dict vars,
      @Arg(value = "Read files of the host in blocks, too.", name = "force_buffers")
          boolean forceBuffers) {
    Scanner scanner =
        new Scanner(call, out, rules(call, rules, key, vars), accessor, context, number);
    scanner.range(start, end, blocksize, forceBuffers);
    scanner.all(files, 0);
  }

  @VqlPlugin(
      name = "yarax",
      doc = "Like yara(), for rules written for its successor; both are run by the same engine.",
      columns = {"Rule", "Meta", "Tags", "String", "File", "FileName"},
      version = 2,
      permission = "FILESYSTEM_READ")
  static void yarax(
      CallContext call,
      Sink out,
      @Arg(value = "The files: paths, or lists of them.", required = true) List<Object> files,
      @Arg("The rules, or a short form: wide nocase:one,two.") String rules,
      @Arg("The accessor.") String accessor,
      @Arg("Bytes to show before and after each hit.") long context,
      @Arg("Where to begin; the file is read in blocks then.") long start,
      @Arg("Where to end; 0 for the end of the file.") long end,
      @Arg(value = "End after this many rows.", defaultValue = "1") long number,
      @Arg(value = "Bytes in a block; hits across two are not seen.", defaultValue = BLOCK)
          long blocksize,
      @Arg("Rules compiled under this name before are used again.") String key,
      @Arg("Variables that the rules use.") Dict vars,
      @Arg(value = "Accepted: no library is loaded.", name = "dll_path") Object dllPath,
      @Arg(value = "Read files of the host in blocks, too.", name = "force_buffers")
          boolean forceBuffers) {
    yara(
        call,
        out,
        files,
        rules,
        accessor,
        context,
        start,
        end,
        number,
        blocksize,
        key,
        null,
        vars,
        forceBuffers);
  }

  /** The compiled rules, or null where they cannot be used, which is said once. */
  private static YaraRules rules(CallContext call, String rules, String key, Dict vars) {
    String text = rules == null ? "" : rules;
    Dict variables = vars == null ? Dict.EMPTY : vars;
    Object name = key == null || key.isEmpty() ? List.of(text, variables) : key;
    Map<Object, Compiled> compiled = call.scope().runState(YaraCalls.class, ConcurrentHashMap::new);
    return compiled.computeIfAbsent(name, n -> compile(call, text, variables)).rules;
  }

  /** Rules that may have failed. */
  private record Compiled(YaraRules rules) {}

  private static Compiled compile(CallContext call, String text, Dict variables) {
    try {
      return new Compiled(YaraRules.compile(text, variables));
    } catch (YaraException e) {
      call.append("ERROR:" + call.name() + ": " + e.getMessage());
      return new Compiled(null);
    }
  }

  /** One call: what is looked for, and how much of it is still wanted. */
  private static final class Scanner {
    private final CallContext call;
    private final Sink out;
    private final YaraRules rules;
    private final FileArguments files;
    private final Watch watch;
    private final long context;
    private long left;
    private long start;
    private long end;
    private int block;
    private boolean whole;

    Scanner(
        CallContext call, Sink out, YaraRules rules, String accessor, long context, long number) {
      this.call = call;
      this.out = out;
      this.rules = rules;
      this.files = FileArguments.of(call, accessor, "files");
      this.context = Math.max(0, Math.min(context, Integer.MAX_VALUE));
      this.left = number;
      this.watch =
          new Watch() {
            @Override
            public CharSequence watched(String text) {
              return call.scope().watched(text);
            }

            @Override
            public boolean wanted() {
              return call.scope().alive();
            }
          };
    }

    void range(long from, long to, long size, boolean buffered) {
      start = from;
      end = to <= 0 ? Long.MAX_VALUE : to;
      block = (int) Math.max(1, Math.min(size, LARGEST));
      boolean local = Set.of("auto", "file").contains(files.accessorName());
      whole = local && from == 0 && !buffered;
    }

    /** Scans files and lists of files; false when no more is wanted. */
    boolean all(List<?> paths, int depth) {
      for (Object path : paths) {
        boolean wanted =
            path instanceof List<?> more && depth < 100 ? all(more, depth + 1) : file(path);
        if (!wanted) {
          return false;
        }
      }
      return true;
    }

    private boolean file(Object raw) {
      OSPath path = files.path(raw, "files");
      if (rules == null || start < 0) {
        return false;
      }
      try {
        FileInfo info = files.accessor().stat(call.scope(), path);
        try (InputStream in = files.accessor().open(call.scope(), path)) {
          in.skipNBytes(start);
          return blocks(in, path, info);
        }
      } catch (IOException e) {
        call.log(path.text() + ": " + (e.getMessage() == null ? "unexpected end" : e.getMessage()));
        return true;
      }
    }

    private boolean blocks(InputStream in, OSPath path, FileInfo info) throws IOException {
      int size = whole ? (int) Math.min(LARGEST, Math.max(block, info.size())) : block;
      long at = start;
      while (at < end && call.scope().alive()) {
        byte[] bytes = in.readNBytes((int) Math.min(size, end - at));
        if (bytes.length == 0) {
          return true;
        }
        if (!scan(new Block(bytes, bytes.length, at), path, info)) {
          return false;
        }
        at += bytes.length;
      }
      return call.scope().alive();
    }

    private boolean scan(Block part, OSPath path, FileInfo info) {
      return rules.scan(
          part.bytes(),
          part.length(),
          watch,
          match -> {
            left--;
            Dict row =
                Dict.over(
                    ROW,
                    match.rule(),
                    match.meta(),
                    match.tags(),
                    part.string(match, context),
                    info,
                    path);
            return out.row(row) && left > 0;
          });
    }
  }
}
