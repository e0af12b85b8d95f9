package org.minivql.builtin.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.standard.FileArguments;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.CallContext;
import org.minivql.spi.StringList;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Dict;
import org.minivql.value.Scope;
import org.minivql.value.Values;

/** Digests of files and data. */
final class Hashes {
  private static final long LARGEST = 104_857_600;
  private static final List<String> NAMES = List.of("MD5", "SHA1", "SHA256");
  private static final List<String> ALGORITHMS = List.of("MD5", "SHA-1", "SHA-256");

  private Hashes() {}

  @VqlFunction(
      name = "hash",
      version = 3,
      doc =
          "The digests MD5, SHA1 and SHA256 of a file in hexadecimal digits; NULL where it cannot be"
              + " opened.",
      examples = {
        "hash(path='vql', accessor='data', hashselect='md5')"
            + " => {\"MD5\":\"f27d8c68a42da1743d288742d56dedce\",\"SHA1\":\"\",\"SHA256\":\"\"}",
        "hash(path='vql', accessor='data', hashselect='crc') => null"
      })
  static Object hash(
      CallContext context,
      @Arg(value = "The file.", required = true) Object path,
      @Arg(value = "The accessor that reads it.", defaultValue = "auto") String accessor,
      @Arg("Which digests: MD5, SHA1, SHA256.") StringList hashselect,
      @Arg(value = "Stop after this many bytes.", name = "max_size") Long maxSize) {
    Set<String> selected = selected(context, hashselect);
    if (selected == null) {
      return null;
    }
    FileArguments files = FileArguments.of(context, accessor, "path");
    OSPath file = files.path(path, "path");
    long limit = maxSize == null || maxSize == 0 ? limit(context.scope()) : maxSize;
    MessageDigest[] digests = new MessageDigest[NAMES.size()];
    for (int i = 0; i < digests.length; i++) {
      digests[i] = selected.contains(NAMES.get(i)) ? digest(ALGORITHMS.get(i)) : null;
    }
    InputStream opened;
    try {
      opened = files.accessor().open(context.scope(), file);
    } catch (IOException e) {
      // Queries hash whatever a search found; a file that is gone or locked has no digest.
      return null;
    }
    try (InputStream in = opened) {
      if (!update(in, digests, limit)) {
        context.append("DEFAULT:Hash of " + file.text() + " aborted due to exceeding size");
      }
    } catch (IOException e) {
      throw new ArgumentException(file.text() + ": " + e.getMessage());
    }
    Dict.Builder result = Dict.builder();
    for (int i = 0; i < digests.length; i++) {
      boolean there = digests[i] != null;
      result.set(NAMES.get(i), there ? HexFormat.of().formatHex(digests[i].digest()) : "");
    }
    return result.build();
  }

  private static Set<String> selected(CallContext context, StringList names) {
    if (names == null || names.isEmpty()) {
      return Set.copyOf(NAMES);
    }
    Set<String> selected = new LinkedHashSet<>();
    for (String name : names) {
      String upper = name.toUpperCase(Locale.ROOT);
      boolean oneCase = name.equals(upper) || name.equals(name.toLowerCase(Locale.ROOT));
      if (!oneCase || !NAMES.contains(upper)) {
        context.append(
            "hashselect option " + name + " not recognized (should be md5, sha1, sha256)");
        return null;
      }
      selected.add(upper);
    }
    return selected;
  }

  private static long limit(Scope scope) {
    Object variable = Values.reduce(scope.member("HASH_MAX_SIZE"));
    return variable instanceof Long size && size > 0 ? size : LARGEST;
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has " + algorithm, e);
    }
  }

  /** Whether the end was reached. */
  private static boolean update(InputStream in, MessageDigest[] digests, long limit)
      throws IOException {
    byte[] block = new byte[65_536];
    long total = 0;
    for (int count = in.read(block); count >= 0; count = in.read(block)) {
      if (limit > 0 && total + count > limit) {
        return false;
      }
      total += count;
      for (MessageDigest digest : digests) {
        if (digest != null) {
          digest.update(block, 0, count);
        }
      }
    }
    return true;
  }
}
