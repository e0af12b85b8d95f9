package org.minivql.builtin.binary;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Dict;
import org.minivql.value.Scope;

/** Binary data described by a profile. */
final class Binary {
  private Binary() {}

  @VqlFunction(
      name = "parse_binary",
      doc =
          "A struct of a profile, or a value of a built-in type, at a place of a file. A profile is"
              + " a list of [name, size, [[field, offset, type, options], ...]].",
      version = 2,
      examples = {
        "parse_binary(accessor='data', filename='AB', struct='uint16be') => 16706",
        "parse_binary(accessor='data', filename='xAB', struct='P', offset=1, profile='[[\"P\", 2,"
            + " [[\"a\", 0, \"uint8\"], [\"b\", 1, \"String\", {\"length\": 1}]]]]') =>"
            + " {\"a\":65,\"b\":\"B\"}"
      })
  static Object parseBinary(
      CallContext context,
      @Arg(value = "The file.", required = true) Object filename,
      @Arg("The accessor.") String accessor,
      @Arg("The definitions, as JSON or YAML.") String profile,
      @Arg(value = "A struct of the profile or a built-in type.", required = true) String struct,
      @Arg("Where it begins, in bytes.") long offset,
      @Arg("Variables of the lambdas in the profile.") Dict env) {
    FileArguments files = FileArguments.of(context, accessor, "filename");
    OSPath path = files.path(filename, "filename");
    BinaryType type;
    try {
      type = type(context, profile == null ? "" : profile, struct);
    } catch (Profiles.UndefinedType e) {
      context.append(e.getMessage());
      return null;
    }
    Scope scope = env == null ? context.about() : context.about().with(env);
    Pages pages = new Pages(scope, files.accessor(), path);
    try {
      pages.open();
    } catch (IOException e) {
      throw new ArgumentException(String.valueOf(e.getMessage()));
    }
    return type.value(new Reading(scope, pages), offset, null);
  }

  private static BinaryType type(CallContext context, String profile, String name) {
    BinaryType struct = structs(context, profile).get(name);
    BinaryType type = struct != null ? struct : Profiles.builtIn(context, name);
    if (type == null) {
      throw new ArgumentException("Type name " + name + " is not known.");
    }
    return type;
  }

  private static Map<String, StructType> structs(CallContext context, String profile) {
    Map<String, Map<String, StructType>> compiled =
        context.scope().runState(Profiles.class, ConcurrentHashMap::new);
    Map<String, StructType> structs = compiled.get(profile);
    if (structs == null) {
      structs = Profiles.compile(context, profile);
      compiled.put(profile, structs);
    }
    return structs;
  }
}
