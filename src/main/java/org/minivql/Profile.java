package org.minivql;

import java.util.ArrayList;
import java.util.List;
import org.minivql.protocol.BoolText;
import org.minivql.protocol.DictAlgebra;
import org.minivql.protocol.ListWrap;
import org.minivql.protocol.MatchText;
import org.minivql.protocol.TimeText;
import org.minivql.spi.Catalog;
import org.minivql.value.OperandProtocol;
import org.minivql.value.Protocol;

/**
 * Which operator protocols and builtins an engine has.
 *
 * @since 0.1.0
 */
public enum Profile {
  /** The language alone. */
  BARE,
  /** The language as the users of Velociraptor know it. */
  VELOCIRAPTOR;

  List<Protocol> protocols() {
    return this == BARE
        ? List.of()
        : List.of(
            new OperandProtocol(),
            new DictAlgebra(),
            new ListWrap(),
            new TimeText(),
            new MatchText(),
            new BoolText());
  }

  /** How many rows of a materialised LET can be indexed, mapped and written; 0 for any number. */
  long materializedRows() {
    return this == BARE ? 0 : 1000;
  }

  /** Whether a row without the column of its ORDER BY is logged. */
  boolean reportsUnsorted() {
    return this == VELOCIRAPTOR;
  }

  List<Catalog> catalogs() {
    List<Catalog> catalogs = new ArrayList<>();
    if (this == VELOCIRAPTOR) {
      catalogs.add(new org.minivql.builtin.core.UnsupportedCatalog());
    }
    catalogs.add(new org.minivql.builtin.core.GeneratedCatalog());
    if (this == VELOCIRAPTOR) {
      catalogs.add(new org.minivql.builtin.collection.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.encoding.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.crypto.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.lambda.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.net.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.template.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.number.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.text.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.time.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.sigma.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.files.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.parse.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.control.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.binary.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.event.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.outside.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.yara.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.server.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.testing.GeneratedCatalog());
      catalogs.add(new org.minivql.builtin.artifact.GeneratedCatalog());
    }
    return catalogs;
  }
}
