package org.minivql.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.testing.Jvm;
import org.minivql.testing.Reliability;
import org.minivql.value.Dict;

/** What was acknowledged is there, or opening the store says what is damaged. */
class StoreFaultsTest {
  private static final int KEYS = 400;

  @TempDir Path folder;

  /** Numbers the changes from a first one on and says so after each; ended from outside. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      int first = Integer.parseInt(arguments[1]);
      try (Store store = DurableStore.open(Path.of(arguments[0]))) {
        for (int i = first; ; i++) {
          change(store, i);
          System.out.println(i);
        }
      } catch (StoreException e) {
        System.out.println("failed: " + e.getMessage());
      }
    }
  }

  private static void change(Store store, int number) {
    store.atomically(
        () -> {
          store.put("entries", "k" + number % KEYS, Dict.of("n", (long) number, "t", "text"));
          store.put("counters", "last", (long) number);
        });
  }

  /** The number of the last change, after a look at all that it and those before it wrote. */
  private static int last(Store store) {
    Object counter = store.get("counters", "last");
    int last = counter == null ? 0 : ((Long) counter).intValue();
    for (int n = Math.max(1, last - KEYS + 1); n <= last; n++) {
      Dict entry = (Dict) store.get("entries", "k" + n % KEYS);
      assertThat(entry.get("n")).isEqualTo((long) n);
    }
    return last;
  }

  private static int killed(Path store, int first, long millis) throws Exception {
    Process writer =
        new ProcessBuilder(
                Jvm.command(
                    List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"),
                    Writer.class,
                    store.toString(),
                    String.valueOf(first)))
            .redirectErrorStream(true)
            .start();
    int acknowledged = first - 1;
    try (BufferedReader out = writer.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      assertThat(line).isEqualTo(String.valueOf(first));
      long start = System.nanoTime();
      boolean alive = true;
      while (line != null) {
        if (!line.isEmpty() && line.matches("\\d+")) {
          acknowledged = Math.max(acknowledged, Integer.parseInt(line));
        }
        if (alive && System.nanoTime() - start > TimeUnit.MICROSECONDS.toNanos(millis * 100)) {
          writer.destroyForcibly();
          alive = false;
        }
        // What it said before it was killed counts; a last line may be cut.
        line = out.ready() || alive ? out.readLine() : null;
      }
    } finally {
      writer.destroyForcibly().waitFor();
    }
    return acknowledged;
  }

  private int kills(int times, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    int last = 0;
    for (int i = 0; i < times; i++) {
      int acknowledged = killed(folder, last + 1, random.nextInt(3000));
      try (Store store = DurableStore.open(folder)) {
        last = last(store);
      }
      assertThat(last).isGreaterThanOrEqualTo(acknowledged);
    }
    return last;
  }

  @Test
  void aKilledProcessLosesNothing() throws Exception {
    kills(2, 1);
  }

  @Tag("soak")
  @Test
  void twoHundredKilledProcessesLoseNothing() throws Exception {
    int changes = kills(200, 2);
    Reliability.record(
        "Store: `kill -9` of the writing process at a random moment",
        "200 times, " + changes + " changes",
        "every acknowledged change was there");
  }

  /**
   * Damages a store in many ways; gives how often it was noticed and how often nothing was lost.
   */
  private int[] damages(int times, long seed, long atOnce) throws IOException {
    Path whole = folder.resolve("whole" + atOnce);
    int changes = 1000;
    try (Store store = DurableStore.open(whole)) {
      for (int i = 1; i <= changes; i++) {
        change(store, i);
      }
    }
    byte[] file = Files.readAllBytes(whole.resolve("registry.mv"));
    SplittableRandom random = new SplittableRandom(seed);
    int[] counts = new int[2];
    for (int i = 0; i < times; i++) {
      Path damaged = Files.createDirectories(folder.resolve("damaged"));
      byte[] bytes = damage(random, file);
      Files.write(damaged.resolve("registry.mv"), bytes);
      Files.copy(
          whole.resolve(Head.FILE),
          damaged.resolve(Head.FILE),
          StandardCopyOption.REPLACE_EXISTING);
      if (atOnce != Long.MAX_VALUE) {
        assertThat(isFound(damaged, atOnce)).isEqualTo(isFound(damaged, Long.MAX_VALUE));
      }
      try (Store store = DurableStore.open(damaged, atOnce)) {
        assertThat(last(store)).isEqualTo(changes);
        counts[1]++;
      } catch (StoreException e) {
        assertThat(e).hasMessageStartingWith(damaged + ": ").hasMessageContaining("damaged");
        counts[0]++;
      }
    }
    return counts;
  }

  private static boolean isFound(Path damaged, long atOnce) throws IOException {
    Path copy = Files.createDirectories(damaged.resolveSibling("copy"));
    for (String file : List.of("registry.mv", Head.FILE)) {
      Files.copy(damaged.resolve(file), copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    try {
      DurableStore.open(copy, atOnce).close();
      return false;
    } catch (StoreException e) {
      return true;
    }
  }

  private static byte[] damage(SplittableRandom random, byte[] file) {
    int kind = random.nextInt(4);
    if (kind == 0) {
      return Arrays.copyOf(file, random.nextInt(file.length));
    }
    byte[] bytes = file.clone();
    int at = random.nextInt(file.length);
    if (kind == 1) {
      int to = Math.min(file.length, at + random.nextInt(5000));
      Arrays.fill(bytes, at, to, (byte) 0);
    } else {
      bytes[at] = (byte) (bytes[at] ^ 1 << random.nextInt(8));
    }
    return bytes;
  }

  @Test
  void damageIsNoticed() throws IOException {
    int[] counts = damages(60, 3, Long.MAX_VALUE);
    assertThat(counts[0]).isPositive();
  }

  @Test
  void damageIsNoticedAfterOpening() throws IOException {
    int[] counts = damages(60, 3, 0);
    assertThat(counts[0]).isPositive();
  }

  @Test
  void damageThatIsFoundEndsTheWork() throws IOException {
    try (Store store = DurableStore.open(folder)) {
      change(store, 1);
    }
    // An entry of an earlier time is as good as any to itself.
    try (MVStore file =
        new MVStore.Builder()
            .fileName(folder.resolve("registry.mv").toString())
            .compress()
            .open()) {
      MVMap<String, byte[]> entries = file.openMap("entries", DurableStore.map());
      entries.put("k1", Seals.seal("entries", "k1", new ValueCodec().encode("else")));
      file.commit();
    }
    DurableStore store = DurableStore.open(folder, 0);
    String message = folder + ": damaged: entries of the table entries are of an earlier time";
    assertThatThrownBy(store::close).isInstanceOf(StoreException.class).hasMessage(message);
    assertThatThrownBy(() -> store.get("entries", "k1")).hasMessageContaining(message);
    refused(message.substring((folder + ": ").length()));
  }

  @Test
  void entriesThatAreThereAndNotFoundAreDamage() throws IOException {
    try (Store store = DurableStore.open(folder)) {
      change(store, 1);
      change(store, 2);
      change(store, 3);
    }
    // What leads to entries is damaged when they are not where their order says.
    try (MVStore file =
        new MVStore.Builder()
            .fileName(folder.resolve("registry.mv").toString())
            .compress()
            .open()) {
      Map<String, byte[]> entries = new TreeMap<>(file.openMap("entries", DurableStore.map()));
      file.removeMap("entries");
      file.openMap("entries", DurableStore.map().keyType(new Backwards())).putAll(entries);
      file.commit();
    }
    refused("damaged: the table entries does not find its entry k");
  }

  private static final class Backwards extends BasicDataType<String> {
    @Override
    public int compare(String a, String b) {
      return b.compareTo(a);
    }

    @Override
    public int getMemory(String text) {
      return StringDataType.INSTANCE.getMemory(text);
    }

    @Override
    public void write(WriteBuffer out, String text) {
      StringDataType.INSTANCE.write(out, text);
    }

    @Override
    public String read(ByteBuffer in) {
      return StringDataType.INSTANCE.read(in);
    }

    @Override
    public String[] createStorage(int size) {
      return new String[size];
    }
  }

  @Tag("soak")
  @Test
  void muchDamageIsNoticed() throws IOException {
    int[] counts = damages(5000, 4, Long.MAX_VALUE);
    assertThat(counts[0]).isPositive();
    Reliability.record(
        "Store: file cut off, zeroed in part or with a bit flipped",
        "5000 times",
        counts[0]
            + " were refused with what is damaged, "
            + counts[1]
            + " opened with all changes");
  }

  @Test
  void aStoreThatIsGoneOrOlderIsNoticed() throws IOException {
    try (Store store = DurableStore.open(folder)) {
      change(store, 1);
    }
    Path file = folder.resolve("registry.mv");
    byte[] older = Files.readAllBytes(file);
    try (Store store = DurableStore.open(folder)) {
      change(store, 2);
      change(store, 3);
    }
    Files.write(file, older);
    refused("damaged: the last 2 of 3 changes are missing");
    Files.write(file, new byte[0]);
    refused("damaged");
    Files.delete(file);
    refused("damaged: the file registry.mv is missing");
    Files.write(folder.resolve(Head.FILE), new byte[] {1, 2, 3});
    refused("damaged: registry.head is damaged");
  }

  private void refused(String message) {
    assertThatThrownBy(() -> DurableStore.open(folder).close())
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith(folder + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void aFullDiskEndsTheChangeAndLosesNone() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
    // What a limit of the process on the size of files does is what a full disk does.
    List<String> java = Jvm.command(List.of(), Writer.class, folder.toString(), "1");
    StringBuilder script = new StringBuilder("ulimit -f 300; exec");
    java.forEach(word -> script.append(" '").append(word).append('\''));
    Jvm.Ended ended = Jvm.run(List.of("/bin/bash", "-c", script.toString()));
    List<String> lines = ended.output().lines().toList();
    assertThat(lines.get(lines.size() - 1))
        .contains("failed: " + folder + ": a change could not be written and is not kept: ");
    int acknowledged = Integer.parseInt(lines.get(lines.size() - 2));
    try (Store store = DurableStore.open(folder)) {
      assertThat(last(store)).isGreaterThanOrEqualTo(acknowledged);
      change(store, last(store) + 1);
    }
    Reliability.record(
        "Store: disk full in the middle",
        "once, after " + acknowledged + " changes",
        "the change failed with the reason; every acknowledged one was there");
  }

  @Test
  void aReadOnlyDiskIsSaidWhenOpening() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    try (Store store = DurableStore.open(disk)) {
      change(store, 1);
    }
    boolean mounted = mounted(disk);
    if (!mounted) {
      assertThat(disk.resolve("registry.mv").toFile().setWritable(false)).isTrue();
    }
    try {
      Assumptions.assumeFalse(Files.isWritable(disk.resolve("registry.mv")));
      assertThatThrownBy(() -> DurableStore.open(disk).close())
          .isInstanceOf(StoreException.class)
          .hasMessage(disk + ": the store cannot be written to");
      try (Store store = DurableStore.openToRead(disk)) {
        assertThat(last(store)).isEqualTo(1);
      }
    } finally {
      if (mounted) {
        Jvm.run(List.of("umount", disk.toString()));
      }
    }
    Reliability.record(
        "Store: disk read-only", "once", "opening to write says so, opening to read works");
  }

  /** Whoever may do everything is stopped by a read-only mount only. */
  private static boolean mounted(Path disk) throws Exception {
    if (!System.getProperty("user.name").equals("root")
        || !Files.isExecutable(Path.of("/bin/mount"))) {
      return false;
    }
    String name = disk.toString();
    return Jvm.run(List.of("/bin/mount", "--bind", "-o", "ro", name, name)).status() == 0;
  }
}
