package org.minivql.fleet.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minivql.accessor.PathStyle;
import org.minivql.fleet.datastore.ProtoRecords;
import org.minivql.value.Dict;

/**
 * The archive of a hunt, exported from a server: a folder for each of its flows. The rows of all
 * clients together, which it has too, are those of the flows and not read.
 */
public final class HuntExport {
  private static final String HUNT = "hunt_info.json";
  private static final Pattern SUMMARY =
      Pattern.compile("(results/)?All [^/]+\\.(json|json\\.index|csv)");
  private static final Pattern FLOW =
      Pattern.compile("collection_context\\.json|client_info\\.json|results/.+");
  private static final Pattern FOLDER = Pattern.compile("(?:.*-)?(C\\..+)");

  private final ArchiveMembers members;
  private final Map<String, CollectorArchive> flows = new TreeMap<>();

  HuntExport(ArchiveMembers members) {
    this.members = members;
    members
        .folders()
        .forEach(
            (name, folder) -> {
              boolean own = name.equals("results") || name.equals("uploads");
              if (!own && folder.names().stream().anyMatch(n -> FLOW.matcher(n).matches())) {
                flows.put(name, new CollectorArchive(folder, client(name)));
              }
            });
  }

  /** Whether an archive is of a hunt, not of a single collection. */
  public static boolean is(ArchiveMembers members) {
    return members.has(HUNT);
  }

  /** Folders are named for the host and the client. */
  private static String client(String folder) {
    Matcher name = FOLDER.matcher(PathStyle.unescape(folder));
    return name.matches() ? name.group(1) : "";
  }

  /** The collections of the hunt, one of each client. */
  List<CollectorArchive> flows() {
    return List.copyOf(flows.values());
  }

  /** The record of the hunt; without an id where it cannot be read. */
  Dict hunt() {
    return ProtoRecords.hunt(members.record(HUNT));
  }

  /** The members that are of no known kind, but for those of the collections. */
  List<String> unknownMembers() {
    List<String> unknown = new ArrayList<>();
    for (String name : members.names()) {
      boolean known = name.endsWith("/") || name.equals(HUNT) || SUMMARY.matcher(name).matches();
      if (!known && !flows.containsKey(name.substring(0, Math.max(0, name.indexOf('/'))))) {
        unknown.add(members.place(name));
      }
    }
    return unknown;
  }
}
