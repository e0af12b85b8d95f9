package org.minivql.format.evtx;

import java.util.List;

/** A piece of binary XML as it is stored: values of a template are still places. */
sealed interface Node {
  /** Literal text. */
  record Text(String text) implements Node {}

  /**
   * The place of a value.
   *
   * @param index which value
   * @param optional whether the element or attribute goes away with a missing value
   */
  record Place(int index, boolean optional) implements Node {}

  /** An element; its attributes and content may hold places. */
  record Tag(String name, List<TagAttribute> attributes, List<Node> content) implements Node {}

  /** A template with the values for its places. */
  record Instance(List<Node> template, Values values) implements Node {}

  /** An attribute of a {@link Tag}. */
  record TagAttribute(String name, List<Node> parts) {}

  /**
   * The values of an instance, decoded when they are put in place.
   *
   * @param chunk where they are
   * @param types the type byte of each
   * @param offsets where in the chunk each starts
   * @param sizes how many bytes each has
   */
  record Values(Chunk chunk, byte[] types, int[] offsets, int[] sizes) {
    int type(int index) {
      return index < types.length ? types[index] & 0xff : Scalars.NULL;
    }
  }
}
