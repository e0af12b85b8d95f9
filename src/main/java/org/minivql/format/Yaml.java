package org.minivql.format;

import java.io.StringReader;
import org.minivql.value.Dict;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * YAML without types: documents become dicts, lists and scalars, and nothing in a document can name
 * a class.
 */
public final class Yaml {
  private Yaml() {}

  /**
   * Reads the first document. Scalars follow YAML 1.1 (also {@code yes} and {@code off} are bools)
   * except that dates stay strings; keys that are not strings are left out; aliases and merge keys
   * are resolved.
   *
   * @return the value; an empty dict where there is no document
   * @throws FormatException where the text is not YAML, or grows too large through its aliases
   */
  public static Object parse(String text) throws FormatException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    try {
      StreamReader reader = new StreamReader(new StringReader(text));
      Object value = new YamlBuilder(new ParserImpl(reader, options)).document();
      return value == YamlBuilder.NOTHING ? Dict.EMPTY : value;
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      long offset = e.getProblemMark() == null ? -1 : e.getProblemMark().getIndex();
      throw new FormatException("yaml: line " + line + ": " + e.getProblem(), offset);
    } catch (YAMLException e) {
      throw new FormatException("yaml: " + e.getMessage(), -1);
    }
  }

  /** Block style YAML; NULL is written as {@code {}}. Queries inside are run before. */
  public static String text(Object value) {
    return YamlText.write(value);
  }
}
