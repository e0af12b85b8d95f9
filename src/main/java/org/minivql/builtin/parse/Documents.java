package org.minivql.builtin.parse;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.format.FormatException;
import org.minivql.format.Json;
import org.minivql.format.JsonReader;
import org.minivql.format.Yaml;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Values;

/** Whole documents: XML and YAML. */
final class Documents {
  private static final int LARGEST = 256 << 20;

  private Documents() {}

  @VqlFunction(
      name = "parse_xml",
      doc =
          "The dict of an XML document: attributes as Attr<name>, children by name (a list where"
              + " repeated), text as #text; an element of text only is that text.",
      version = 2,
      examples =
          "parse_xml(accessor='data', file='<r><i k=\"1\">x</i><i/></r>') =>"
              + " {\"r\":{\"i\":[{\"#text\":\"x\",\"Attrk\":\"1\"},\"\"]}}")
  static Object parseXml(
      CallContext context,
      @Arg(value = "The document.", required = true) Object file,
      @Arg("The accessor.") String accessor) {
    FileArguments files = FileArguments.of(context, accessor, "file");
    OSPath path = files.path(file, "file");
    Input input = Input.openBriefly(context, files, path);
    if (input == null) {
      return null;
    }
    try (InputStream in = input.stream()) {
      return XmlTree.read(in);
    } catch (IOException | XMLStreamException e) {
      context.append("NewMapXmlReader: " + e.getMessage());
      return null;
    }
  }

  @VqlFunction(
      name = "parse_yaml",
      doc =
          "The dict of the first YAML document of a file; NULL, with a log line for each violation,"
              + " where it does not fit the schema.",
      version = 2,
      examples =
          "parse_yaml(accessor='data', filename='a: [1, x]\\nb: no') => {\"a\":[1,\"x\"],\"b\":false}")
  static Object parseYaml(
      CallContext context,
      @Arg(value = "The document.", required = true) Object filename,
      @Arg("The accessor.") String accessor,
      @Arg("JSON Schemas: the first is applied and may refer to the others.") StringList schema) {
    FileArguments files = FileArguments.of(context, accessor, "filename");
    OSPath path = files.path(filename, "filename");
    Input input = Input.open(context, files, path);
    if (input == null) {
      return null;
    }
    try (InputStream in = input.stream()) {
      byte[] bytes = in.readNBytes(LARGEST);
      Object value = Yaml.parse(Bytes.printable(Bytes.decode(bytes)));
      if (value instanceof Dict dict) {
        return Schemas.given(schema)
            ? Schemas.checked(context, schema, Json.text(dict), dict, JsonReader.Style.PLAIN)
            : dict;
      }
      throw new ArgumentException(
          "yaml: unmarshal errors: cannot unmarshal " + Values.typeName(value) + " into a dict");
    } catch (FormatException | IOException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    }
  }
}
