package org.minivql.builtin.encoding;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.minivql.spi.Arg;
import org.minivql.spi.ArgumentException;
import org.minivql.spi.ErrorValue;
import org.minivql.spi.VqlFunction;
import org.minivql.value.Bytes;

/** Bytes hidden, packed and measured. */
final class Ciphers {
  private static final int LARGEST = 100 * 1024 * 1024;

  private Ciphers() {}

  @VqlFunction(
      name = "xor",
      doc = "The bytes combined with the bytes of a key, which is repeated, by exclusive or.",
      onError = ErrorValue.FALSE,
      examples = {"xor(string='vql', key=' ') => \"VQL\"", "xor(string='vql', key='') => \"vql\""})
  static Object xor(
      @Arg(value = "The bytes.", required = true) String string,
      @Arg(value = "The key.", required = true) String key) {
    byte[] secret = Bytes.encode(key);
    if (secret.length == 0) {
      return string;
    }
    byte[] data = Bytes.encode(string);
    for (int i = 0; i < data.length; i++) {
      data[i] ^= secret[i % secret.length];
    }
    return Bytes.decode(data);
  }

  @VqlFunction(
      name = "rot13",
      doc = "The text with each ASCII letter moved by half the alphabet.",
      onError = ErrorValue.FALSE,
      examples = "rot13(string='Vql 2') => \"Idy 2\"")
  static Object rot13(@Arg("The text.") String string) {
    StringBuilder out = new StringBuilder();
    for (char c : (string == null ? "" : string).toCharArray()) {
      int base = c >= 'a' && c <= 'z' ? 'a' : c >= 'A' && c <= 'Z' ? 'A' : 0;
      out.append(base == 0 ? c : (char) (base + (c - base + 13) % 26));
    }
    return out.toString();
  }

  @VqlFunction(
      name = "crypto_rc4",
      logName = "Crypto_rc4",
      doc = "The bytes combined with the RC4 stream of a key: encrypts and decrypts.",
      onError = ErrorValue.FALSE,
      examples = {
        "format(format='%X', args=crypto_rc4(string='Plaintext', key='Key'))"
            + " => \"BBF316E8D940AF0AD3\"",
        "crypto_rc4(string='x', key='') => false"
      })
  static Object cryptoRc4(
      @Arg(value = "The bytes.", required = true) String string,
      @Arg(value = "The key, 1 to 256 bytes.", required = true) String key) {
    byte[] secret = Bytes.encode(key);
    if (secret.length == 0 || secret.length > 256) {
      throw new ArgumentException("crypto/rc4: invalid key size " + secret.length);
    }
    byte[] data = Bytes.encode(string);
    rc4(data, secret);
    return Bytes.decode(data);
  }

  // The cipher of the JDK refuses keys of less than 5 bytes, which malware likes.
  private static void rc4(byte[] data, byte[] key) {
    int[] state = new int[256];
    for (int i = 0; i < 256; i++) {
      state[i] = i;
    }
    int j = 0;
    for (int i = 0; i < 256; i++) {
      j = (j + state[i] + (key[i % key.length] & 0xff)) & 0xff;
      swap(state, i, j);
    }
    int a = 0;
    int b = 0;
    for (int i = 0; i < data.length; i++) {
      a = (a + 1) & 0xff;
      b = (b + state[a]) & 0xff;
      swap(state, a, b);
      data[i] ^= (byte) state[(state[a] + state[b]) & 0xff];
    }
  }

  private static void swap(int[] state, int i, int j) {
    int kept = state[i];
    state[i] = state[j];
    state[j] = kept;
  }

  @VqlFunction(
      name = "gunzip",
      version = 2,
      logName = "Gunzip",
      doc = "The bytes that were packed with gzip, cut at a limit.",
      onError = ErrorValue.FALSE,
      examples = {
        "gunzip(string=base64decode(string='H4sIAAAAAAACAysrzAEANKgd3QMAAAA=')) => \"vql\"",
        "gunzip(string='no') => false"
      })
  static Object gunzip(
      @Arg(value = "The packed bytes.", required = true) String string,
      @Arg(value = "The most bytes to return.", name = "max_bytes") long maxBytes) {
    int limit = maxBytes <= 0 || maxBytes > LARGEST ? LARGEST : (int) maxBytes;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(Bytes.encode(string)))) {
      byte[] block = new byte[8192];
      int count = in.read(block);
      while (count >= 0 && out.size() < limit) {
        out.write(block, 0, Math.min(count, limit - out.size()));
        count = in.read(block);
      }
      return Bytes.decode(out.toByteArray());
    } catch (EOFException e) {
      throw new ArgumentException(string.isEmpty() ? "EOF" : "unexpected EOF");
    } catch (ZipException e) {
      boolean known = String.valueOf(e.getMessage()).startsWith("Not in GZIP");
      throw new ArgumentException(known ? "gzip: invalid header" : e.getMessage());
    } catch (IOException e) {
      throw new ArgumentException(e.getMessage());
    }
  }

  @VqlFunction(
      name = "entropy",
      doc = "Shannon entropy in bits for each byte, cut to two decimals.",
      onError = ErrorValue.FALSE,
      examples = {
        "entropy(string='abab') => 1",
        "entropy(string='aab') => 0.91",
        "entropy(string='') => 0"
      })
  static Object entropy(@Arg(value = "The bytes.", required = true) String string) {
    byte[] data = Bytes.encode(string);
    int[] counts = new int[256];
    for (byte b : data) {
      counts[b & 0xff]++;
    }
    double entropy = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / data.length;
        entropy -= share * (Math.log(share) / Math.log(2));
      }
    }
    return Math.floor(entropy * 100) / 100;
  }
}
