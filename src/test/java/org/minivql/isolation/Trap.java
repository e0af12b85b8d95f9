package org.minivql.isolation;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.minivql.spi.MailSender;
import org.minivql.spi.Uploads;
import org.minivql.value.Dict;

/** A folder that may be read, a secret beside it, and somebody who counts what comes out. */
final class Trap implements AutoCloseable {
  static final String SECRET = "TOP-SECRET";
  private static final int SIZE = 47_113;

  /** An object of an application that was not registered. */
  static final class Host {
    public final String secret = SECRET;

    public String getSecret() {
      return secret;
    }
  }

  final Path root;
  final Path outside;
  private final Path foreign;
  private final HttpServer server;
  private final AtomicInteger signals = new AtomicInteger();
  private final Map<String, String> before;

  /** Lays out what a program mentions. */
  Trap(Path folder, String program) throws IOException, SQLException {
    root = Files.createDirectories(folder.toRealPath().resolve("root"));
    outside = Files.createDirectories(root.resolveSibling("outside"));
    foreign = Files.createTempFile("tmp", ".txt");
    Files.writeString(foreign, SECRET);
    secrets();
    links();
    archives();
    if (program.contains(".db")) {
      databases();
    }
    if (program.contains("bomb")) {
      bombs();
    }
    laughs();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          signals.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    before = picture();
  }

  private void secrets() throws IOException {
    String text = SECRET + ",1\n" + "x".repeat(SIZE - SECRET.length() - 3);
    Files.writeString(outside.resolve("s.txt"), text);
    Path beside = Files.createDirectories(root.resolveSibling("root-beside"));
    Files.writeString(beside.resolve("s.txt"), text);
    Files.writeString(outside.resolve("HIDDEN-NAME"), "");
    Files.writeString(outside.resolve("s.jsonl"), "{\"a\":\"" + SECRET + "\"}\n");
    Files.writeString(outside.resolve("s.yaml"), "a: " + SECRET + "\n");
    Files.writeString(outside.resolve("s.xml"), "<a>" + SECRET + "</a>");
    Files.write(outside.resolve("s.zip"), zip("s.txt", SECRET));
    Files.writeString(root.resolve("in.txt"), "inside");
  }

  private void databases() throws IOException, SQLException {
    database(outside.resolve("s.db"), SECRET);
    database(root.resolve("in.db"), "inside");
    Files.copy(root.resolve("in.db"), root.resolve("in.db?enable_load_extension=true"));
  }

  private static void database(Path file, String text) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t(a TEXT)");
      statement.executeUpdate("INSERT INTO t VALUES('" + text + "')");
    }
  }

  private void links() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), outside.resolve("s.txt"));
    Files.createSymbolicLink(root.resolve("linkdir"), outside);
    Files.createSymbolicLink(root.resolve("hop"), root.resolve("link"));
    Files.createDirectories(root.resolve("sub"));
    Files.createSymbolicLink(root.resolve("sub/up"), Path.of("../.."));
    Files.createDirectories(root.resolve("circle"));
    Files.createSymbolicLink(root.resolve("circle/again"), Path.of("."));
    Files.createSymbolicLink(root.resolve("circle/back"), root.resolve("circle"));
    Files.createDirectories(root.resolve("out"));
    Files.createSymbolicLink(root.resolve("out/esc"), outside);
  }

  private void archives() throws IOException {
    Files.write(root.resolve("plain.zip"), zip("a.txt", "a"));
    Files.write(
        root.resolve("slip.zip"),
        zip(
            "../../outside/slip1",
            "x",
            "/slip2",
            "x",
            "C:\\slip3",
            "x",
            "a/../../../slip4",
            "x",
            "..\\..\\slip5",
            "x",
            "./../slip6",
            "x"));
    Files.write(root.resolve("through.zip"), zip("esc/slip", "x"));
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    entry(tar, "../../outside/slip7", '0', "", "x");
    entry(tar, "/slip8", '0', "", "x");
    entry(tar, "ln", '2', outside.toString(), "");
    entry(tar, "ln/slip9", '0', "", "x");
    entry(tar, "hard", '1', outside.resolve("s.txt").toString(), "");
    entry(tar, "esc/slip10", '0', "", "x");
    tar.write(new byte[1024]);
    Files.write(root.resolve("slip.tgz"), gzip(tar.toByteArray(), 1));
    Files.writeString(
        root.resolve("xxe.xml"),
        "<!DOCTYPE r [<!ENTITY e SYSTEM \"" + outside.resolve("s.txt").toUri() + "\">]><r>&e;</r>");
  }

  private void laughs() throws IOException {
    StringBuilder xml = new StringBuilder("<!DOCTYPE r [<!ENTITY e0 \"lol\">");
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      xml.append("<!ENTITY e" + i + " \"" + ("&e" + (i - 1) + ";").repeat(10) + "\">");
      yaml.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(8));
      yaml.append("*a" + (i - 1) + "]\n");
    }
    Files.writeString(root.resolve("laughs.xml"), xml + "]><r>&e11;</r>");
    Files.writeString(root.resolve("laughs.yaml"), yaml);
  }

  private void bombs() throws IOException {
    byte[] block = new byte[1 << 20];
    Files.write(root.resolve("bomb.gz"), gzip(block, 80));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("b"));
      for (int i = 0; i < 80; i++) {
        zip.write(block);
      }
    }
    Files.write(root.resolve("bomb.zip"), bytes.toByteArray());
  }

  private static byte[] gzip(byte[] block, int times) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < times; i++) {
        out.write(block);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static void entry(
      ByteArrayOutputStream tar, String name, char type, String link, String text) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0" + "0000000\0" + "0000000\0");
    put(header, 124, String.format("%011o\0", text.length()) + "00000000000\0" + "        ");
    header[156] = (byte) type;
    put(header, 157, link);
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, String.format("%06o\0 ", sum));
    tar.writeBytes(header);
    if (!text.isEmpty()) {
      byte[] block = new byte[512];
      put(block, 0, text);
      tar.writeBytes(block);
    }
  }

  private static void put(byte[] target, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, target, at, bytes.length);
  }

  /** The variables of the programs. */
  Map<String, Object> env() throws IOException, NoSuchAlgorithmException {
    Path secret = outside.resolve("s.txt");
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    Map<String, Object> env = new LinkedHashMap<>();
    env.put("Root", root.toString());
    env.put("Outside", outside.toString());
    env.put("Secret", secret.toString());
    env.put("SecretMd5", HexFormat.of().formatHex(md5.digest(Files.readAllBytes(secret))));
    env.put("Foreign", foreign.toString());
    env.put("Port", String.valueOf(server.getAddress().getPort()));
    env.put("Host", new Host());
    return env;
  }

  /** A store of uploads that only notices them. */
  Uploads uploads() {
    return (scope, upload, data) -> {
      signals.incrementAndGet();
      return Dict.of("Path", upload.path());
    };
  }

  /** A sender of mail that only notices it. */
  MailSender mails() {
    return mail -> signals.incrementAndGet();
  }

  /** Whether a text tells something that only the secret files know. */
  static boolean tells(String text) {
    return text.contains(String.valueOf(SIZE)) || tellsWords(text);
  }

  /** The same but for sizes, which are among the numbers of who counts for long enough. */
  static boolean tellsWords(String text) {
    String path = System.getenv("PATH");
    return text.contains(SECRET)
        || text.contains("HIDDEN-NAME")
        || path != null && text.contains(path);
  }

  /** Whether anything happened outside the query: a file, a request, an upload, a mail. */
  boolean touched() throws IOException {
    return signals.get() > 0 || !picture().equals(before);
  }

  /** Whether anything happened outside the folder into which a program may write. */
  boolean touchedBeyondOut() throws IOException {
    Map<String, String> now = picture();
    Map<String, String> then = new TreeMap<>(before);
    String own = root.resolve("out") + "/";
    now.keySet().removeIf(name -> name.startsWith(own));
    then.keySet().removeIf(name -> name.startsWith(own));
    return signals.get() > 0 || !now.equals(then) || !Files.isSymbolicLink(root.resolve("out/esc"));
  }

  private Map<String, String> picture() throws IOException {
    Map<String, String> picture = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root.getParent(), new FileVisitOption[0])) {
      for (Path path : (Iterable<Path>) all::iterator) {
        boolean file = Files.isRegularFile(path) && !Files.isSymbolicLink(path);
        picture.put(
            path.toString(),
            file ? Files.size(path) + " " + Files.getLastModifiedTime(path) : "other");
      }
    }
    return picture;
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    Files.deleteIfExists(foreign);
  }
}
