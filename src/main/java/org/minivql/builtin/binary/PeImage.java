package org.minivql.builtin.binary;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.minivql.value.Absent;
import org.minivql.value.Bytes;
import org.minivql.value.Dict;
import org.minivql.value.Members;
import org.minivql.value.Timestamp;

/** What is in an executable, worked out when it is asked for. */
final class PeImage implements Members {
  private static final int SECURITY = 4;
  private static final int BLOCK = 1 << 16;
  private static final long LARGEST = 100L << 20;
  private static final List<String> NAMES =
      List.of(
          "FileHeader",
          "GUIDAge",
          "PDB",
          "Directories",
          "Sections",
          "Resources",
          "VersionInformation",
          "Imports",
          "Exports",
          "ExportRVAs",
          "Forwards",
          "ImpHash",
          "Authenticode",
          "AuthenticodeHash");

  private final PeFile file;
  private final PeTables tables;
  private final Map<String, Object> known = new HashMap<>();

  PeImage(PeFile file) {
    this.file = file;
    this.tables = new PeTables(file);
  }

  @Override
  public List<String> memberNames() {
    return NAMES;
  }

  @Override
  public synchronized Object member(String name) {
    if (!NAMES.contains(name)) {
      return Absent.ABSENT;
    }
    if (!known.containsKey(name)) {
      known.put(name, find(name));
    }
    return known.get(name);
  }

  private Object find(String name) {
    return switch (name) {
      case "FileHeader" -> file.fileHeader();
      case "GUIDAge" -> tables.guidAge();
      case "PDB" -> tables.pdb();
      case "Directories" -> tables.directories();
      case "Sections" -> tables.sections();
      case "Resources" -> tables.resources();
      case "VersionInformation" -> tables.versionInformation();
      case "Imports" -> tables.imports().stream().map(PeTables.Import::text).toList();
      case "Exports" ->
          tables.exports().stream()
              .filter(export -> export.forwarder().isEmpty())
              .map(export -> export.library() + ":" + export.name())
              .toList();
      case "ExportRVAs" -> tables.exports().stream().map(PeTables.Export::row).toList();
      case "Forwards" ->
          tables.exports().stream()
              .map(PeTables.Export::forwarder)
              .filter(forwarder -> !forwarder.isEmpty())
              .toList();
      case "ImpHash" -> impHash();
      case "Authenticode" -> certificates();
      default -> digests();
    };
  }

  private String impHash() {
    String names =
        tables.imports().stream().map(PeTables.Import::hashed).collect(Collectors.joining(","));
    return HexFormat.of().formatHex(digest("MD5").digest(Bytes.encode(names)));
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every platform has " + algorithm, e);
    }
  }

  /** The signature without its own header; empty where there is none. */
  private byte[] signature() {
    PeFile.Directory security = file.directory(SECURITY);
    boolean there = security.address() != 0 && security.size() > 8;
    int size = (int) Math.min(security.size() - 8, 1 << 20);
    return there && security.address() < file.size()
        ? file.bytes(security.address() + 8, size)
        : new byte[0];
  }

  private Object certificates() {
    byte[] signature = signature();
    if (signature.length == 0) {
      return null;
    }
    List<Object> rows = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Certificate one : factory.generateCertificates(new ByteArrayInputStream(signature))) {
        if (one instanceof X509Certificate certificate) {
          rows.add(row(certificate));
        }
      }
    } catch (CertificateException e) {
      return null;
    }
    return Dict.of("Certificates", rows);
  }

  private static Dict row(X509Certificate certificate) {
    return Dict.of(
        "SerialNumber",
        certificate.getSerialNumber().toString(16),
        "SignatureAlgorithm",
        certificate.getSigAlgName(),
        "Issuer",
        certificate.getIssuerX500Principal().getName(),
        "Subject",
        certificate.getSubjectX500Principal().getName(),
        "NotBefore",
        Timestamp.utc(certificate.getNotBefore().toInstant()),
        "NotAfter",
        Timestamp.utc(certificate.getNotAfter().toInstant()));
  }

  /** The digests of what a signature covers: not the checksum, not the signature itself. */
  private Dict digests() {
    PeFile.Directory security = file.directory(SECURITY);
    long end = security.address() == 0 ? file.size() : Math.min(security.address(), file.size());
    long entry = file.directoryEntry(SECURITY);
    Dict.Builder result = Dict.builder();
    byte[] signature = signature();
    boolean matches = false;
    for (String algorithm : List.of("MD5", "SHA-1", "SHA-256")) {
      MessageDigest digest = digest(algorithm);
      update(digest, 0, Math.min(file.checksum(), end));
      update(digest, file.checksum() + 4, Math.min(entry, end));
      update(digest, entry + 8, Math.min(end, LARGEST));
      byte[] value = digest.digest();
      matches |= contains(signature, value);
      result.set(algorithm.replace("-", ""), HexFormat.of().formatHex(value));
    }
    return result.set("HashMatches", matches).build();
  }

  private void update(MessageDigest digest, long from, long to) {
    for (long at = from; at < to; at += BLOCK) {
      digest.update(file.bytes(at, (int) Math.min(BLOCK, to - at)));
    }
  }

  private static boolean contains(byte[] all, byte[] part) {
    for (int at = 0; at + part.length <= all.length; at++) {
      if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }
}
