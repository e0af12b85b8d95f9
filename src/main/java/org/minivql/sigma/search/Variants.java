package org.minivql.sigma.search;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.minivql.value.Bytes;

/** The texts that a wanted value becomes through the modifiers that change it. */
final class Variants {
  private static final char[] DASHES = {'-', '/', '\u2013', '\u2014', '\u2015'};
  private static final int MOST_PERMUTED = 3;
  private static final int[] START = {0, 2, 3};
  private static final int[] END = {0, -3, -2};

  private Variants() {}

  /**
   * All texts one of which is wanted.
   *
   * @param variable gives the values that a {@code %placeholder%} stands for; empty where there are
   *     none
   */
  static List<String> of(
      String value, List<String> transforms, Function<String, List<String>> variable) {
    List<String> variants = List.of(value);
    for (String transform : transforms) {
      List<String> next = new ArrayList<>();
      for (String variant : variants) {
        next.addAll(apply(variant, transform, variable));
      }
      variants = next;
    }
    return variants;
  }

  private static List<String> apply(
      String text, String transform, Function<String, List<String>> variable) {
    return switch (transform) {
      case "wide", "utf16le" -> List.of(encoded(text, StandardCharsets.UTF_16LE, ""));
      case "utf16be" -> List.of(encoded(text, StandardCharsets.UTF_16BE, ""));
      case "utf16" -> List.of(encoded(text, StandardCharsets.UTF_16LE, "\uFEFF"));
      case "base64" -> List.of(Base64.getEncoder().encodeToString(Bytes.encode(text)));
      case "base64offset" -> offsets(Bytes.encode(text));
      case "windash" -> dashes(text);
      default -> expanded(text, variable);
    };
  }

  private static String encoded(String text, Charset charset, String mark) {
    return Bytes.decode((mark + Bytes.printable(text)).getBytes(charset));
  }

  /** What of the encoded text does not depend on its neighbours, at each of three offsets. */
  private static List<String> offsets(byte[] text) {
    List<String> variants = new ArrayList<>(3);
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted = new byte[offset + text.length];
      System.arraycopy(text, 0, shifted, offset, text.length);
      String encoded = Base64.getEncoder().encodeToString(shifted);
      int end = encoded.length() + END[shifted.length % 3];
      if (START[offset] < end) {
        variants.add(encoded.substring(START[offset], end));
      }
    }
    return variants;
  }

  /** Each dash that starts a word may be any of those that Windows programs take for one. */
  private static List<String> dashes(String text) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      boolean starts = i == 0 || Character.isWhitespace(text.charAt(i - 1));
      if (starts && new String(DASHES).indexOf(text.charAt(i)) >= 0) {
        places.add(i);
      }
    }
    List<String> variants = new ArrayList<>(List.of(text));
    boolean permuted = places.size() <= MOST_PERMUTED;
    for (char dash : DASHES) {
      addIfNew(variants, replaced(text, places, dash));
    }
    for (int k = 0; permuted && k < places.size(); k++) {
      for (String variant : List.copyOf(variants)) {
        for (char dash : DASHES) {
          addIfNew(variants, replaced(variant, places.subList(k, k + 1), dash));
        }
      }
    }
    return variants;
  }

  private static void addIfNew(List<String> variants, String variant) {
    if (!variants.contains(variant)) {
      variants.add(variant);
    }
  }

  private static String replaced(String text, List<Integer> places, char dash) {
    StringBuilder out = new StringBuilder(text);
    places.forEach(place -> out.setCharAt(place, dash));
    return out.toString();
  }

  private static List<String> expanded(String text, Function<String, List<String>> variable) {
    int from = text.indexOf('%');
    int to = text.indexOf('%', from + 1);
    if (from < 0 || to < 0) {
      return List.of(text);
    }
    List<String> values = variable.apply(text.substring(from + 1, to));
    if (values.isEmpty()) {
      return List.of(text);
    }
    List<String> variants = new ArrayList<>();
    for (String value : values) {
      for (String rest : expanded(text.substring(to + 1), variable)) {
        variants.add(text.substring(0, from) + value + rest);
      }
    }
    return variants;
  }
}
