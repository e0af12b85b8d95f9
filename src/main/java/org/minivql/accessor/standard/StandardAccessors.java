package org.minivql.accessor.standard;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minivql.accessor.Accessor;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.open.HostFiles;
import org.minivql.accessor.zip.CollectorContent;
import org.minivql.accessor.zip.ZipContent;
import org.minivql.accessor.zip.ZipNames;

/**
 * The accessors that need nothing but files: {@code auto}, {@code file}, {@code file_nocase},
 * {@code data}, {@code scope}, {@code zip}, {@code zip_nocase}, {@code collector}, {@code gzip},
 * {@code bzip2}, {@code offset}, {@code sparse}, {@code pipe}, and those of a server's files,
 * {@code fs} and {@code ds}; a host adds its own.
 *
 * @since 0.1.0
 */
public final class StandardAccessors implements Accessors {
  private final Map<String, Accessor> accessors = new TreeMap<>();

  /** Accessors that read files of the host below these roots. */
  public StandardAccessors(FileRoots roots) {
    this(roots, Map.of());
  }

  /** The same with some more; a name given here hides the standard one. */
  public StandardAccessors(FileRoots roots, Map<String, Accessor> more) {
    accessors.put("auto", new HostFiles("auto", roots, false));
    accessors.put("file", new HostFiles("file", roots, false));
    accessors.put("file_nocase", new HostFiles("file_nocase", roots, true));
    accessors.put("data", new DataContent());
    accessors.put("scope", new ScopeContent());
    accessors.put("zip", new ZipContent(this, ZipNames.EXACT));
    accessors.put("zip_nocase", new ZipContent(this, ZipNames.ANY_CASE));
    accessors.put("collector", new CollectorContent(this));
    accessors.put("gzip", new PackedContent(this, Gzip::unpacked));
    accessors.put("bzip2", new PackedContent(this, Bzip2::unpacked));
    accessors.put("offset", new OffsetContent(this));
    accessors.put("sparse", new SparseContent(this));
    accessors.put("pipe", new PipeContent());
    accessors.put("fs", new StoreContent());
    accessors.put("ds", new StoreContent());
    accessors.putAll(more);
  }

  @Override
  public Accessor find(String name) {
    return accessors.get(name == null || name.isEmpty() ? "auto" : name);
  }

  @Override
  public List<String> names() {
    return List.copyOf(accessors.keySet());
  }
}
