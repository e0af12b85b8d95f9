package org.minivql.bench;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.value.Scope;
import org.minivql.value.text.GoFormat;

/** The workloads by name. */
final class Workloads {
  /** Those whose ratio to the loop counts. */
  static final List<String> COUNTED =
      List.of(
          "1-format-filter",
          "2-foreach",
          "4-arithmetic",
          "5-sort-10k",
          "5-sort-1m",
          "6-regex",
          "7-group-100",
          "7-group-100k",
          "8-function",
          "9-sub-select",
          "10-members");

  /** The one that works on a row after the other, for {@link #PARALLEL}. */
  static final String SINGLE = "2-foreach";

  /** The one that works on rows at once. */
  static final String PARALLEL = "3-foreach-workers";

  /** Begins the names of those whose rows are numbers counted up. */
  static final String COUNTED_UP = "scale-range-";

  /** The file of events. */
  static final String FILE = "11-jsonl";

  /** The rules over a file of events. */
  static final String SIGMA = "13-sigma";

  /** Thousands of rules. */
  static final String RULES = "13-sigma-5000";

  private static final int FEW = 10_000;
  private static final int MANY = 100_000;

  private Workloads() {}

  /** Makes a workload with its input. */
  static Workload of(String name) {
    return switch (name) {
      case "1-format-filter" -> formatFilter(name);
      case SINGLE -> foreach(name, "");
      case PARALLEL -> foreach(name, ", workers=10");
      case "4-arithmetic" -> arithmetic(name, MANY);
      case "5-sort-10k" -> sort(name, FEW);
      case "5-sort-1m" -> sort(name, 1_000_000);
      case "6-regex" -> regex(name);
      case "7-group-100" -> group(name, 100);
      case "7-group-100k" -> group(name, 100_000);
      case "8-function" -> function(name);
      case "9-sub-select" -> subSelect(name);
      case "10-members" -> members(name);
      case FILE -> EventFile.workload(name);
      case SIGMA -> SigmaEvents.workload(name);
      case RULES -> SigmaEvents.many(name);
      default -> scaled(name, Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)));
    };
  }

  private static Vql engine(Inputs inputs) {
    return Vql.builder().catalog(inputs.catalog()).build();
  }

  private static Map<String, Object> row(String name, Object value) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put(name, value);
    return row;
  }

  private static Scope scope(Vql engine) {
    return engine.session(QueryOptions.defaults()).scope();
  }

  private static Workload formatFilter(String name) {
    Vql engine = Vql.builder().build();
    Scope scope = scope(engine);
    return new Workload(
        engine,
        name,
        FEW,
        "SELECT format(format='value %v', args=_value) AS Value"
            + " FROM range(start=0, step=1, end=10000)"
            + " WHERE Value =~ '.' AND 1 = 1 AND _value > 10",
        out -> {
          for (long i = 0; i < FEW; i++) {
            String value = GoFormat.format(scope, "value %v", List.of(i));
            if (!value.isEmpty() && i > 10) {
              out.accept(row("Value", value));
            }
          }
        });
  }

  private static Workload foreach(String name, String workers) {
    Vql engine = Vql.builder().build();
    Scope scope = scope(engine);
    return new Workload(
        engine,
        name,
        FEW,
        "SELECT * FROM foreach(row={SELECT * FROM range(end=10000)},"
            + " query={SELECT format(format='value %v', args=_value) AS Value FROM scope()}"
            + workers
            + ")",
        out -> {
          for (long i = 0; i < FEW; i++) {
            out.accept(row("Value", GoFormat.format(scope, "value %v", List.of(i))));
          }
        });
  }

  private static Workload scaled(String name, int rows) {
    return name.startsWith(COUNTED_UP) ? range(name, rows) : arithmetic(name, rows);
  }

  /** Rows that come from no memory, so that their number is all that changes. */
  private static Workload range(String name, int rows) {
    Vql engine = Vql.builder().build();
    return new Workload(
        engine,
        name,
        rows,
        "SELECT _value + 1 AS Next, _value * 2 AS Twice FROM range(end="
            + rows
            + ") WHERE _value > 10",
        out -> {
          for (long i = 11; i < rows; i++) {
            Map<String, Object> row = row("Next", i + 1);
            row.put("Twice", i * 2);
            out.accept(row);
          }
        });
  }

  private static Workload arithmetic(String name, int rows) {
    Inputs inputs = Inputs.numbers(Math.min(rows, MANY));
    int rounds = rows / inputs.maps().size();
    String source =
        rounds == 1
            ? "input()"
            : "foreach(row={SELECT _value AS Round FROM range(end="
                + rounds
                + ")}, query={SELECT * FROM input()})";
    return new Workload(
        engine(inputs),
        name,
        rows,
        "SELECT A + B * 2 AS S, A - B AS D, A < B AS L FROM " + source + " WHERE A + 1 > B - 3",
        out -> {
          for (int round = 0; round < rounds; round++) {
            for (Map<String, Object> input : inputs.maps()) {
              arithmetic(input, out);
            }
          }
        });
  }

  private static void arithmetic(Map<String, Object> input, Consumer<Object> out) {
    long a = (Long) input.get("A");
    long b = (Long) input.get("B");
    if (a + 1 > b - 3) {
      Map<String, Object> row = row("S", a + b * 2);
      row.put("D", a - b);
      row.put("L", a < b);
      out.accept(row);
    }
  }

  private static Workload sort(String name, int rows) {
    Inputs inputs = Inputs.shuffled(rows);
    return new Workload(
        engine(inputs),
        name,
        rows,
        "SELECT N, Id FROM input() ORDER BY N",
        out -> {
          List<Map<String, Object>> all = new ArrayList<>();
          for (Map<String, Object> input : inputs.maps()) {
            Map<String, Object> row = row("N", input.get("N"));
            row.put("Id", input.get("Id"));
            all.add(row);
          }
          all.sort(Comparator.comparingLong(row -> (Long) row.get("N")));
          all.forEach(out);
        });
  }

  private static Workload regex(String name) {
    Inputs inputs = Inputs.commands(MANY);
    Pattern pattern = Pattern.compile("(?i)powershell.+-enc[a-z]*");
    return new Workload(
        engine(inputs),
        name,
        MANY,
        "SELECT Pid, CommandLine FROM input() WHERE CommandLine =~ 'powershell.+-enc[a-z]*'",
        out -> {
          for (Map<String, Object> input : inputs.maps()) {
            String command = (String) input.get("CommandLine");
            if (pattern.matcher(command).find()) {
              Map<String, Object> row = row("Pid", input.get("Pid"));
              row.put("CommandLine", command);
              out.accept(row);
            }
          }
        });
  }

  private static Workload group(String name, int groups) {
    int rows = Math.max(MANY, groups * 2);
    Inputs inputs = Inputs.keys(rows, groups);
    return new Workload(
        engine(inputs),
        name,
        rows,
        "SELECT Key, count() AS C, sum(item=N) AS S, max(item=N) AS M FROM input() GROUP BY Key",
        out -> {
          Map<String, long[]> bins = new LinkedHashMap<>();
          for (Map<String, Object> input : inputs.maps()) {
            long n = (Long) input.get("N");
            long[] bin =
                bins.computeIfAbsent(
                    (String) input.get("Key"), key -> new long[] {0, 0, Long.MIN_VALUE});
            bin[0]++;
            bin[1] += n;
            bin[2] = Math.max(bin[2], n);
          }
          bins.forEach(
              (key, bin) -> {
                Map<String, Object> row = row("Key", key);
                row.put("C", bin[0]);
                row.put("S", bin[1]);
                row.put("M", bin[2]);
                out.accept(row);
              });
        });
  }

  private static long scale(long a, long b) {
    return a * 3 + b;
  }

  private static Workload function(String name) {
    Inputs inputs = Inputs.numbers(MANY);
    return new Workload(
        engine(inputs),
        name,
        MANY,
        "LET scale(x, y) = x * 3 + y SELECT A, scale(x=A, y=B) AS V FROM input()",
        out -> {
          for (Map<String, Object> input : inputs.maps()) {
            Map<String, Object> row = row("A", input.get("A"));
            row.put("V", scale((Long) input.get("A"), (Long) input.get("B")));
            out.accept(row);
          }
        });
  }

  private static Workload subSelect(String name) {
    Inputs inputs = Inputs.numbers(FEW);
    return new Workload(
        engine(inputs),
        name,
        FEW,
        "SELECT A, { SELECT _value AS I, _value * B AS V FROM range(end=5) } AS L FROM input()",
        out -> {
          for (Map<String, Object> input : inputs.maps()) {
            long b = (Long) input.get("B");
            List<Object> list = new ArrayList<>();
            for (long i = 0; i < 5; i++) {
              Map<String, Object> inner = row("I", i);
              inner.put("V", i * b);
              list.add(inner);
            }
            Map<String, Object> row = row("A", input.get("A"));
            row.put("L", list);
            out.accept(row);
          }
        });
  }

  private static Workload members(String name) {
    Inputs inputs = Inputs.events(MANY);
    return new Workload(
        engine(inputs),
        name,
        MANY,
        "SELECT Event.System.EventID.Value AS Id, Event.EventData.User AS User,"
            + " Event.EventData.Groups[1] AS Second FROM input()",
        out -> {
          for (Map<String, Object> input : inputs.maps()) {
            Map<?, ?> event = (Map<?, ?>) input.get("Event");
            Map<?, ?> system = (Map<?, ?>) event.get("System");
            Map<?, ?> data = (Map<?, ?>) event.get("EventData");
            Map<String, Object> row = row("Id", ((Map<?, ?>) system.get("EventID")).get("Value"));
            row.put("User", data.get("User"));
            row.put("Second", ((List<?>) data.get("Groups")).get(1));
            out.accept(row);
          }
        });
  }
}
