package org.minivql.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One example of the model of the server: a setting and what is true in it.
 *
 * <p>In a file, an example is a block of lines that begins with {@code #} and its section. Each
 * line says one thing; lines that begin with two blanks go on with the one above.
 *
 * <pre>
 * # 2.1 what it shows
 * client C.a1 "hostname":"a"      a client and more of its record
 * flow C.a1 F.1 Artifact/Source   a finished flow; its rows follow
 * artifact Name                   a definition; its YAML without the name follows
 * file hosts/C.a1/info.json       any other file of the fleet; its text follows
 * settings principal: kim         a line of fleet.yaml
 * step "do":"enrol","client":"C"  a step of the script
 * rule Name SELECT …              a rule of the server's event table
 * &gt; SELECT …                      a program; without steps and rules
 * &lt; {"a":1}                       a row of it
 * ! text                          a line of the log
 * row Name {"a":1}                a row of a rule
 * event Queue {"a":1}             an event of a queue, all of them in order
 * labels {"client_id":…}          a client with labels
 * </pre>
 *
 * @param title its section and what it shows
 * @param lines the lines, as word and rest
 */
record Example(String title, List<Line> lines) {

  /** One line with those that go on with it. */
  record Line(String word, String rest, String more) {}

  /** The examples of a file. */
  static List<Example> read(Path file) {
    List<Example> examples = new ArrayList<>();
    List<String> block = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("# ") && !block.isEmpty()) {
          examples.add(of(block));
          block.clear();
        }
        if (!line.isBlank()) {
          block.add(line);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    examples.add(of(block));
    return examples;
  }

  private static Example of(List<String> block) {
    List<Line> lines = new ArrayList<>();
    for (String text : block.subList(1, block.size())) {
      if (text.startsWith("  ")) {
        Line last = lines.remove(lines.size() - 1);
        lines.add(new Line(last.word(), last.rest(), last.more() + text.substring(2) + "\n"));
      } else {
        String[] parts = text.split(" ", 2);
        lines.add(new Line(parts[0], parts.length == 1 ? "" : parts[1], ""));
      }
    }
    return new Example(block.get(0).substring(2), lines);
  }

  /** The section that it is from. */
  String section() {
    return title.substring(0, title.indexOf(' '));
  }

  /** What the lines with a word say. */
  List<String> all(String word) {
    return lines.stream().filter(line -> line.word().equals(word)).map(Line::rest).toList();
  }

  /** The same by the first word of what they say. */
  Map<String, List<String>> byName(String word) {
    Map<String, List<String>> named = new LinkedHashMap<>();
    for (String text : all(word)) {
      String[] parts = text.split(" ", 2);
      List<String> texts = named.computeIfAbsent(parts[0], name -> new ArrayList<>());
      if (parts.length > 1) {
        texts.add(parts[1]);
      }
    }
    return named;
  }

  /** The program, or an empty text. */
  String program() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      if (line.word().equals(">")) {
        text.append(line.rest()).append('\n').append(line.more());
      }
    }
    return text.toString();
  }

  /** Writes the setting. */
  TestFleet fleet(Path folder) {
    TestFleet fleet = new TestFleet(folder).start(1_590_938_885);
    for (Line line : lines) {
      String[] parts = line.rest().split(" ", 2);
      switch (line.word()) {
        case "client" ->
            fleet.client(parts[0], parts.length > 1 ? new String[] {parts[1]} : new String[0]);
        case "flow" -> {
          String[] names = line.rest().split(" ", 3);
          fleet.flow(names[0], names[1], names[2], line.more());
        }
        case "artifact" -> fleet.artifact(line.rest(), line.more());
        case "file" -> fleet.file(line.rest(), line.more());
        case "settings" -> fleet.settings(line.rest() + "\n");
        case "step" -> fleet.step(line.rest());
        case "rule" -> fleet.rule(parts[0], parts[1] + "\n" + line.more());
        default -> {
          if (!List.of(">", "<", "!", "row", "event", "labels").contains(line.word())) {
            throw new AssertionError(title + ": no such line: " + line);
          }
        }
      }
    }
    return fleet;
  }

  @Override
  public String toString() {
    return title;
  }
}
