package org.minivql.builtin.binary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.minivql.value.Bytes;

/**
 * A kind of file.
 *
 * @param offset where its mark stands
 * @param mark the bytes that tell it, in hexadecimal
 * @param contains a text that must occur too, or empty
 */
record FileKind(
    int offset, String mark, String contains, String description, String mime, String extension) {
  static final FileKind FOLDER = new FileKind(0, "", "", "directory", "inode/directory", "");
  private static final FileKind EMPTY = new FileKind(0, "", "", "empty", "inode/x-empty", "");
  private static final FileKind DATA =
      new FileKind(0, "", "", "data", "application/octet-stream", "");
  private static final FileKind ASCII = new FileKind(0, "", "", "ASCII text", "text/plain", "txt");
  private static final FileKind UTF8 =
      new FileKind(0, "", "", "UTF-8 Unicode text", "text/plain", "txt");
  private static final String WORD = "application/vnd.openxmlformats-officedocument.";

  /** The first that fits counts, so the more exact ones come first. */
  private static final List<FileKind> KINDS =
      List.of(
          new FileKind(
              0,
              "504b0304",
              "word/",
              "Microsoft Word 2007+",
              WORD + "wordprocessingml.document",
              "docx"),
          new FileKind(
              0, "504b0304", "xl/", "Microsoft Excel 2007+", WORD + "spreadsheetml.sheet", "xlsx"),
          new FileKind(
              0,
              "504b0304",
              "ppt/",
              "Microsoft PowerPoint 2007+",
              WORD + "presentationml.presentation",
              "pptx"),
          new FileKind(0, "504b0304", "", "Zip archive data", "application/zip", "zip"),
          new FileKind(0, "504b0506", "", "Zip archive data (empty)", "application/zip", "zip"),
          new FileKind(0, "1f8b", "", "gzip compressed data", "application/gzip", "gz"),
          new FileKind(0, "425a68", "", "bzip2 compressed data", "application/x-bzip2", "bz2"),
          new FileKind(0, "fd377a585a00", "", "XZ compressed data", "application/x-xz", "xz"),
          new FileKind(
              0, "377abcaf271c", "", "7-zip archive data", "application/x-7z-compressed", "7z"),
          new FileKind(257, "7573746172", "", "POSIX tar archive", "application/x-tar", "tar"),
          new FileKind(0, "255044462d", "", "PDF document", "application/pdf", "pdf"),
          new FileKind(0, "89504e470d0a1a0a", "", "PNG image data", "image/png", "png"),
          new FileKind(0, "ffd8ff", "", "JPEG image data", "image/jpeg", "jpg"),
          new FileKind(0, "47494638", "", "GIF image data", "image/gif", "gif"),
          new FileKind(
              0,
              "53514c69746520666f726d6174203300",
              "",
              "SQLite 3.x database",
              "application/vnd.sqlite3",
              "sqlite"),
          new FileKind(
              0,
              "456c6646696c6500",
              "",
              "MS Windows Vista Event Log",
              "application/x-ms-evtx",
              "evtx"),
          new FileKind(
              0, "72656766", "", "MS Windows registry file", "application/x-ms-registry", "dat"),
          new FileKind(
              0,
              "4c0000000114020000000000c000000000000046",
              "",
              "MS Windows shortcut",
              "application/x-ms-shortcut",
              "lnk"),
          new FileKind(
              0,
              "d0cf11e0a1b11ae1",
              "",
              "Composite Document File V2 Document",
              "application/x-ole-storage",
              "doc"),
          new FileKind(0, "7f454c46", "", "ELF", "application/x-executable", ""),
          new FileKind(
              0, "4d5a", "PE\0\0", "PE executable for MS Windows", "application/x-dosexec", "exe"),
          new FileKind(0, "4d5a", "", "MS-DOS executable", "application/x-dosexec", "exe"),
          new FileKind(
              0, "62706c697374", "", "Apple binary property list", "application/x-bplist", "plist"),
          new FileKind(
              0, "cafebabe", "", "compiled Java class data", "application/java-vm", "class"),
          new FileKind(0, "3c3f786d6c20", "", "XML document text", "text/xml", "xml"));

  static FileKind of(byte[] head) {
    if (head.length == 0) {
      return EMPTY;
    }
    for (FileKind kind : KINDS) {
      byte[] mark = HexFormat.of().parseHex(kind.mark);
      if (at(head, kind.offset, mark) && contains(head, kind.contains)) {
        return kind;
      }
    }
    return text(head);
  }

  private static boolean at(byte[] head, int offset, byte[] mark) {
    return head.length >= offset + mark.length
        && Arrays.equals(head, offset, offset + mark.length, mark, 0, mark.length);
  }

  private static boolean contains(byte[] head, String text) {
    return text.isEmpty() || new String(head, StandardCharsets.ISO_8859_1).contains(text);
  }

  private static FileKind text(byte[] head) {
    boolean ascii = true;
    for (byte b : head) {
      boolean control = b >= 0 && b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f';
      if (control && b != 0x1b && b != 0x08) {
        return DATA;
      }
      ascii &= b >= 0;
    }
    String decoded = Bytes.decode(head);
    return ascii ? ASCII : decoded.equals(Bytes.printable(decoded)) ? UTF8 : DATA;
  }

  boolean isText() {
    return mime.startsWith("text/");
  }

  String answer(String type) {
    return switch (type) {
      case "mime" -> mime;
      case "extension" -> extension;
      default -> description;
    };
  }

  /** The description of the first own definition that fits, or null. */
  static String described(String definitions, byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    for (String line : definitions.split("\n")) {
      String[] parts = line.strip().split("\\s+", 4);
      if (parts.length < 4 || !parts[0].matches("\\d{1,9}")) {
        continue;
      }
      int from = Integer.parseInt(parts[0]);
      boolean search = parts[1].startsWith("search/");
      int reach =
          search && parts[1].matches("search/\\d{1,9}")
              ? Integer.parseInt(parts[1].substring(7))
              : 0;
      String wanted = parts[2].startsWith("\"") ? parts[2].substring(1) : parts[2];
      int found = text.indexOf(wanted, from);
      if (found >= 0 && found <= from + reach && (search || parts[1].equals("string"))) {
        return parts[3];
      }
    }
    return null;
  }
}
