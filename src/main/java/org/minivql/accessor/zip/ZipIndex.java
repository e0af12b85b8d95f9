package org.minivql.accessor.zip;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.minivql.accessor.PathStyle;
import org.minivql.value.Timestamp;

/** The tree of folders that the names of an archive's members make up. */
final class ZipIndex {
  private static final Timestamp FIRST = Timestamp.utc(Instant.parse("1980-01-01T00:00:00Z"));

  private final Node root = new Node("");

  /** One file or folder. */
  static final class Node {
    private final String name;
    private final Map<String, Node> children = new LinkedHashMap<>();
    private ZipEntry entry;

    private Node(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }

    /** The member, or null for a folder. */
    ZipEntry entry() {
      return entry;
    }

    Collection<Node> children() {
      return children.values();
    }

    /** Local times of an archive are taken as UTC, so that every host shows the same. */
    Timestamp modified() {
      try {
        return Timestamp.utc(entry.getTimeLocal().toInstant(ZoneOffset.UTC));
      } catch (DateTimeException e) {
        // Some programs write no date at all, which is no day of any month.
        return FIRST;
      }
    }
  }

  ZipIndex(Iterator<? extends ZipEntry> all) {
    while (all.hasNext()) {
      ZipEntry entry = all.next();
      if (!entry.isDirectory() && !entry.getName().startsWith("{")) {
        add(entry);
      }
    }
  }

  private void add(ZipEntry entry) {
    Node at = root;
    for (String component : PathStyle.LINUX.split(entry.getName())) {
      at = at.children.computeIfAbsent(component, Node::new);
    }
    if (at != root) {
      at.entry = entry;
    }
  }

  /** The nodes on the way to some components, the root first; null where there is no such way. */
  List<Node> way(List<String> components, ZipNames names) {
    List<Node> way = new ArrayList<>();
    Node at = root;
    way.add(at);
    for (String component : components) {
      at = child(at, component, names);
      if (at == null) {
        return null;
      }
      way.add(at);
    }
    return way;
  }

  private static Node child(Node folder, String component, ZipNames names) {
    Node exact = folder.children.get(component);
    if (exact != null || names == ZipNames.EXACT) {
      return exact;
    }
    for (Node child : folder.children()) {
      if (names.same(child.name, component)) {
        return child;
      }
    }
    return null;
  }
}
