package org.minivql.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;

/** Mutates inputs of a corpus, and those further that made something new happen. */
final class Fuzzer {
  private static final int MOST_KEPT = 2000;
  private static final int LONGEST = 1 << 20;
  private static final long SLOW_SECONDS = 20;
  private static final int[] BYTES = {0, 1, 0x7f, 0x80, 0xff, '"', '\'', '\\', '\n', '{', '}', '('};

  private final String name;
  private final Target target;
  private final SplittableRandom random;
  private final List<byte[]> inputs = new ArrayList<>();
  private final Set<Object> seen = new HashSet<>();
  private final List<byte[]> words;

  Fuzzer(String name, Target target, List<byte[]> corpus, List<String> words, long seed) {
    this.name = name;
    this.target = target;
    this.random = new SplittableRandom(seed);
    this.words = words.stream().map(w -> w.getBytes(StandardCharsets.UTF_8)).toList();
    inputs.addAll(corpus);
  }

  /** Runs the corpus, then mutations while asked to go on; gives how many inputs there were. */
  long run(BooleanSupplier more) throws IOException {
    long count = 0;
    for (byte[] input : List.copyOf(inputs)) {
      attempt(input);
      count++;
    }
    while (more.getAsBoolean()) {
      byte[] input = mutated();
      if (attempt(input) && inputs.size() < MOST_KEPT) {
        inputs.add(input);
      }
      count++;
    }
    return count;
  }

  /** Whether something new happened. */
  private boolean attempt(byte[] input) throws IOException {
    long start = System.nanoTime();
    try {
      Object happened = target.run(input);
      if (TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) > SLOW_SECONDS) {
        throw new IllegalStateException("took more than " + SLOW_SECONDS + " s");
      }
      return seen.add(happened);
    } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
      Path folder = Path.of(System.getProperty("basedir", "."), "target", "fuzz");
      Files.createDirectories(folder);
      Path file = folder.resolve(name + "-" + Integer.toHexString(Arrays.hashCode(input)));
      Files.write(file, input);
      throw new AssertionError(name + ": " + e + "; the input is in " + file, e);
    }
  }

  private byte[] mutated() {
    byte[] input = inputs.get(random.nextInt(inputs.size()));
    for (int n = 1 << random.nextInt(4); n > 0; n--) {
      input = mutation(input);
    }
    return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
  }

  private byte[] mutation(byte[] input) {
    int at = random.nextInt(input.length + 1);
    int to = Math.min(input.length, at + random.nextInt(1 + Math.max(1, input.length / 4)));
    return switch (random.nextInt(8)) {
      case 0 -> changed(input, at, b -> b ^ 1 << random.nextInt(8));
      case 1 -> changed(input, at, b -> BYTES[random.nextInt(BYTES.length)]);
      case 2 -> changed(input, at, b -> random.nextInt(256));
      case 3 -> spliced(input, at, to, new byte[0]);
      case 4 -> spliced(input, at, at, Arrays.copyOfRange(input, at, to));
      case 5 -> spliced(input, at, at, word());
      case 6 -> spliced(input, at, to, word());
      default -> {
        byte[] other = inputs.get(random.nextInt(inputs.size()));
        int from = random.nextInt(other.length + 1);
        int end = Math.min(other.length, from + random.nextInt(64));
        yield spliced(input, at, to, Arrays.copyOfRange(other, from, end));
      }
    };
  }

  private byte[] word() {
    return words.isEmpty() ? new byte[0] : words.get(random.nextInt(words.size()));
  }

  private static byte[] changed(byte[] input, int at, IntUnaryOperator change) {
    if (at >= input.length) {
      return input;
    }
    byte[] copy = input.clone();
    copy[at] = (byte) change.applyAsInt(copy[at]);
    return copy;
  }

  private static byte[] spliced(byte[] input, int from, int to, byte[] middle) {
    byte[] out = new byte[input.length - (to - from) + middle.length];
    System.arraycopy(input, 0, out, 0, from);
    System.arraycopy(middle, 0, out, from, middle.length);
    System.arraycopy(input, to, out, from + middle.length, input.length - to);
    return out;
  }
}
