package org.minivql.builtin.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.QueryOptions;
import org.minivql.Vql;
import org.minivql.accessor.Accessors;
import org.minivql.accessor.FileRoots;
import org.minivql.accessor.Modes;
import org.minivql.accessor.standard.StandardAccessors;
import org.minivql.accessor.zip.SealedArchive;
import org.minivql.spi.Effects;
import org.minivql.spi.Machine;
import org.minivql.testing.Run;
import org.minivql.value.Dict;

class FilesTest {
  @TempDir Path folder;

  private Run run(String program) {
    Vql engine =
        Vql.builder()
            .service(Accessors.class, new StandardAccessors(FileRoots.below(List.of(folder), null)))
            .service(Effects.class, Effects.allowAll())
            .build();
    return Run.of(
        engine, program, QueryOptions.defaults().withEnv(Map.of("Dir", folder.toString())));
  }

  @Test
  void copiesReadsAndRemoves() {
    Run run =
        run(
            "SELECT write_file(data='one', dest=Dir + '/a/b.txt', create_directories=TRUE) =~ 'b.txt'"
                + " AS W, copy(filename=Dir + '/a/b.txt', dest=Dir + '/c.txt') =~ 'c.txt' AS C,"
                + " read_file(filename=Dir + '/c.txt', offset=1) AS R,"
                + " rm(filename=Dir + '/c.txt') AS D, rm(filename=Dir + '/c.txt') AS E FROM scope()");
    assertThat(run.rows())
        .containsExactly("{\"W\":true,\"C\":true,\"R\":\"ne\",\"D\":true,\"E\":false}");
    assertThat(folder.resolve("c.txt")).doesNotExist();
  }

  @Test
  void removesTemporaryFilesAtTheEnd() {
    Run run =
        run(
            "LET T <= tempfile(data='x', extension='.txt')\nLET D <= tempdir()\n"
                + "SELECT T, D, read_file(filename=T) AS R FROM scope()");
    assertThat(run.rows().get(0)).contains("\"R\":\"x\"");
    assertThat(run.log()).anyMatch(line -> line.startsWith("tempfile: removed tempfile "));
    assertThat(run.log()).anyMatch(line -> line.startsWith("tempdir: removed tempdir "));
  }

  @Test
  void readsTemporaryFilesAtTheEnd() {
    Run run =
        run(
            "LET T <= tempfile(data='x')\n"
                + "LET _ <= atexit(query={SELECT log(message='has %v', args=read_file(filename=T))"
                + " FROM scope()})");
    assertThat(run.log().subList(1, 3))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("DEFAULT:has x"),
            line -> assertThat(line).startsWith("tempfile: removed tempfile "));
  }

  @Test
  void saysWhichFileCouldNotBeRead() {
    Run run = run("SELECT read_file(filename=Dir + '/none') AS R FROM scope()");
    assertThat(run.rows()).containsExactly("{\"R\":\"\"}");
    assertThat(run.log())
        .containsExactly(
            "read_file: " + folder + "/none: open " + folder + "/none: no such file or directory");
  }

  @Test
  void refusesBadPathArguments() {
    Run run =
        run(
            "SELECT read_file(filename=NULL) AS A, read_file(filename='x', accessor='nope') AS B"
                + " FROM scope()");
    assertThat(run.rows()).containsExactly("{\"A\":\"\",\"B\":\"\"}");
    assertThat(run.log())
        .containsExactly(
            "read_file: Field filename Expecting a path arg type, not types.Null",
            "read_file: Field filename Unknown filesystem accessor nope");
  }

  @Test
  void keepsMembersOfAnArchiveInsideTheFolder() throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("evil.zip")))) {
      zip.putNextEntry(new ZipEntry("../../escaped.txt"));
      zip.write('x');
      zip.putNextEntry(new ZipEntry("good/in.txt"));
      zip.write('y');
    }
    Run run =
        run("SELECT NewPath FROM unzip(filename=Dir + '/evil.zip', output_directory=Dir + '/out')");
    assertThat(run.rows()).allMatch(row -> row.contains(folder + "/out/"));
    assertThat(folder.resolve("out/good/in.txt")).hasContent("y");
    assertThat(folder.getParent().resolve("escaped.txt")).doesNotExist();
    assertThat(folder.resolve("escaped.txt")).doesNotExist();
  }

  @Test
  void doesNotUnpackThroughALink(@TempDir Path outside) throws IOException {
    Files.createDirectory(folder.resolve("out"));
    Files.createSymbolicLink(folder.resolve("out/link"), outside);
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("a.zip")))) {
      zip.putNextEntry(new ZipEntry("link/x.txt"));
      zip.write('x');
    }
    Run run = run("SELECT * FROM unzip(filename=Dir + '/a.zip', output_directory=Dir + '/out')");
    assertThat(run.rows()).isEmpty();
    assertThat(outside.resolve("x.txt")).doesNotExist();
  }

  @Test
  void unpacksTarArchivesAndSkipsNamesThatLeadOut() throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.tgz")))) {
      member(out, "./d/x.txt", "abc");
      member(out, "../out.txt", "no");
      out.write(new byte[1024]);
    }
    Run run =
        run(
            "SELECT OriginalPath, Size FROM unzip(filename=Dir + '/a.tgz', output_directory=Dir +"
                + " '/t')");
    assertThat(run.rows()).containsExactly("{\"OriginalPath\":\"./d/x.txt\",\"Size\":3}");
    assertThat(folder.resolve("t/d/x.txt")).hasContent("abc");
  }

  private static void member(OutputStream out, String name, String content) throws IOException {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 124, String.format("%011o", content.length()));
    header[156] = '0';
    put(header, 257, "ustar");
    out.write(header);
    byte[] block = new byte[512];
    put(block, 0, content);
    out.write(block);
  }

  private static void put(byte[] target, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, target, at, bytes.length);
  }

  @Test
  void tellsWhatIsKnownAboutFiles() throws IOException {
    Files.writeString(folder.resolve("f.txt"), "12345");
    Run run =
        run(
            "SELECT Name, Size, IsDir, OSPath.Basename AS B FROM stat(filename=Dir + '/f.txt')\n"
                + "SELECT stat(filename=Dir + '/none') AS N FROM scope()\n"
                + "SELECT Name FROM glob(globs='*.TXT', root=Dir)");
    assertThat(run.rows())
        .containsExactly(
            "{\"Name\":\"f.txt\",\"Size\":5,\"IsDir\":false,\"B\":\"f.txt\"}",
            "{\"N\":null}",
            "{\"Name\":\"f.txt\"}");
  }

  @Test
  void matchesPathsByTheirText() throws IOException {
    Files.writeString(folder.resolve("report.TXT"), "x");
    Files.writeString(folder.resolve("notes.log"), "x");
    Run run =
        run(
            "SELECT OSPath.Basename AS B FROM glob(globs='*', root=Dir) WHERE OSPath =~ '/report.txt$'");
    assertThat(run.rows()).containsExactly("{\"B\":\"report.TXT\"}");
  }

  @Test
  void removesTemporaryFilesWithTheCallThatMadeThem() {
    Run run =
        run(
            "LET F(last) = tempfile(data='abc', remove_last=last)\n"
                + "SELECT stat(filename=F(last=FALSE)) AS Gone, stat(filename=F(last=TRUE)).Size AS Kept"
                + " FROM scope()");
    assertThat(run.rows()).containsExactly("{\"Gone\":null,\"Kept\":3}");
    assertThat(run.log()).hasSize(2).allMatch(line -> line.startsWith("tempfile: removed"));
  }

  @Test
  void saysWhichFileCouldNotBeWritten() {
    String target = folder + "/none/x";
    String reason = "open " + target + ": no such file or directory";
    assertThat(run("SELECT write_file(data='a', dest=Dir + '/none/x') AS X FROM scope()").log())
        .containsExactly("write_file: " + reason);
    for (String plugin : List.of("write_csv", "write_jsonl")) {
      assertThat(
              run("SELECT * FROM "
                      + plugin
                      + "(filename=Dir + '/none/x', query={SELECT 1 AS A FROM scope()})")
                  .log())
          .containsExactly(plugin + ": " + reason);
    }
  }

  @Test
  void makesFilesAndFoldersForTheirOwnerOnly() throws IOException {
    run(
        "SELECT copy(accessor='data', filename='a', dest=Dir + '/m/n/o', create_directories=TRUE,"
            + " dir_permissions='0750') FROM scope()");
    run("SELECT * FROM write_csv(filename=Dir + '/new.csv', query={SELECT 1 AS A FROM scope()})");
    Files.writeString(folder.resolve("old.csv"), "");
    Modes.set(folder.resolve("old.csv"), 0640);
    run("SELECT * FROM write_csv(filename=Dir + '/old.csv', query={SELECT 1 AS A FROM scope()})");
    Run run =
        run(
            "SELECT OSPath.Basename AS N, format(format='%o', args=Mode - if(condition=IsDir,"
                + " then=2147483648, else=0)) AS M FROM glob(globs='**', root=Dir) ORDER BY N");
    assertThat(run.rows())
        .containsExactly(
            "{\"N\":\"m\",\"M\":\"750\"}",
            "{\"N\":\"n\",\"M\":\"750\"}",
            "{\"N\":\"new.csv\",\"M\":\"700\"}",
            "{\"N\":\"o\",\"M\":\"600\"}",
            "{\"N\":\"old.csv\",\"M\":\"640\"}");
  }

  @Test
  void copiesNoFoldersAndSaysWhatIsMissing() {
    Run folders = run("SELECT upload_directory(file=Dir, output=Dir + '/o') AS X FROM scope()");
    assertThat(folders.rows()).containsExactly("{\"X\":null}");
    assertThat(folders.log()).isEmpty();
    Run missing =
        run("SELECT upload_directory(file=Dir + '/none', output=Dir).Error AS X FROM scope()");
    String reason = "open " + folder + "/none: no such file or directory";
    assertThat(missing.rows()).containsExactly("{\"X\":\"" + reason + "\"}");
    assertThat(missing.log())
        .containsExactly("upload_directory: Unable to open " + folder + "/none: " + reason);
  }

  @Test
  void findsFilesInAnyCaseAndReadsThemByTheirParts() throws IOException {
    Files.createDirectory(folder.resolve("Sub"));
    for (String name : List.of("One.LOG", "one.txt", "Sub/two.txt")) {
      Files.writeString(folder.resolve(name), name);
    }
    assertThat(run("SELECT Name, Globs FROM glob(root=Dir, globs=['*.{log,txt}', 'O*'])").rows())
        .containsExactly(
            "{\"Name\":\"One.LOG\",\"Globs\":[\"/*.log\",\"/O*\"]}",
            "{\"Name\":\"one.txt\",\"Globs\":[\"/*.txt\",\"/O*\"]}");
    assertThat(run("SELECT Name FROM glob(root=Dir, globs='sub/TWO.*')").rows())
        .containsExactly("{\"Name\":\"two.txt\"}");
    assertThat(run("SELECT * FROM glob(root=Dir + '/none', globs='*')").log()).isEmpty();
    assertThat(run("SELECT read_file(filename=[Dir, 'Sub', 'two.txt']) AS X FROM scope()").rows())
        .containsExactly("{\"X\":\"Sub/two.txt\"}");
  }

  @Test
  void readsItsLimitFromAVariableHoweverItIsDefined() {
    for (String sign : List.of("=", "<=")) {
      Run run =
          run(
              "LET HASH_MAX_SIZE "
                  + sign
                  + " 2\nSELECT hash(accessor='data', path='abc', hashselect='md5') FROM scope()");
      assertThat(run.log()).containsExactly("DEFAULT:Hash of abc aborted due to exceeding size");
    }
  }

  @Test
  void findsVariablesOfTheEnvironmentInAnyCase() {
    Machine machine =
        new Machine() {
          @Override
          public Dict info() {
            return Dict.EMPTY;
          }

          @Override
          public Map<String, String> environment() {
            return Map.of("Home", "/home/u");
          }

          @Override
          public long pid() {
            return 7;
          }
        };
    Vql engine = Vql.builder().service(Machine.class, machine).build();
    assertThat(Run.of(engine, "SELECT HOME, None FROM environ(vars=['Home', 'None'])").rows())
        .containsExactly("{\"HOME\":\"/home/u\",\"None\":null}");
    assertThat(Run.of(engine, "SELECT * FROM environ(vars='None')").rows()).isEmpty();
    assertThat(
            Run.of(engine, "SELECT expand(path='$Home/a ${Home} %Home%/b $$') AS X FROM scope()")
                .rows())
        .containsExactly("{\"X\":\"/home/u/a /home/u /home/u/b $\"}");
  }

  private Path archive(String name, String... members) throws IOException {
    Path file = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      fill(zip, members);
    }
    return file;
  }

  private static void fill(ZipOutputStream zip, String... members) throws IOException {
    for (String member : members) {
      zip.putNextEntry(new ZipEntry(member));
      zip.write(member.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
  }

  @Test
  void aPatternThatIsAPathInAContainerIsLookedForThere() throws IOException {
    archive("one.zip", "a/b.txt", "a/c.log");
    Run run =
        run(
            "SELECT OSPath.Path AS P, Globs FROM glob(accessor='zip', globs=[pathspec("
                + "DelegateAccessor='file', DelegatePath=Dir + '/one.zip', Path='/**/*.txt')])");
    assertThat(run.rows()).containsExactly("{\"P\":\"/a/b.txt\",\"Globs\":[\"/**/*.txt\"]}");
    assertThat(run.log())
        .containsExactly(
            "glob: Glob item appears to be a pathspec. This is deprecated, please use the root arg"
                + " instead.");
    assertThat(run("SELECT * FROM glob(globs='{a,b}.txt', root=Dir)").rows()).isEmpty();
  }

  @Test
  void namesOfMembersAreThoseOfTheArchive() throws IOException {
    archive("one.zip", "Top/In%2Fside.txt");
    String root = "root=pathspec(DelegatePath=Dir + '/one.zip'))";
    String columns =
        "SELECT OSPath.Components AS C, OSPath.Path AS P, read_file(accessor=A, filename="
            + "OSPath.String) AS R FROM glob(globs='**/*.txt', accessor=A, ";
    assertThat(run("LET A = 'zip' " + columns + root).rows())
        .containsExactly(
            "{\"C\":[\"Top\",\"In%2Fside.txt\"],\"P\":\"/Top/In%2Fside.txt\",\"R\":\"Top/In%2Fside.txt\"}");
    assertThat(run("LET A = 'collector' " + columns + root).rows())
        .containsExactly(
            "{\"C\":[\"Top\",\"In/side.txt\"],\"P\":\"/Top/In%2Fside.txt\",\"R\":\"Top/In%2Fside.txt\"}");
    assertThat(
            run("SELECT OSPath.Path AS P, Name FROM stat(accessor='zip_nocase', filename=pathspec("
                    + "DelegatePath=Dir + '/one.zip', Path='TOP/in%2fSIDE.txt'))")
                .rows())
        .containsExactly("{\"P\":\"/Top/In%2Fside.txt\",\"Name\":\"In%2Fside.txt\"}");
  }

  @Test
  void filesOfASealedCollectionAreFoundAsIfItWereNot() throws IOException {
    Path sealed = folder.resolve("sealed.zip");
    try (ZipOutputStream zip =
        new ZipOutputStream(
            SealedArchive.begin(Files.newOutputStream(sealed), "key", "{\"A\":1}"))) {
      fill(zip, "results/Some%2FSource.json");
    }
    String program =
        "SELECT OSPath, read_file(accessor='collector', filename=OSPath) AS R FROM"
            + " glob(globs='**/*.json', accessor='collector', root=pathspec(DelegatePath=Dir +"
            + " '/sealed.zip'))";
    assertThat(run("LET ZIP_PASSWORDS <= 'key' " + program).rows())
        .containsExactly(
            "{\"OSPath\":\"{\\\"DelegatePath\\\":\\\""
                + sealed
                + "\\\",\\\"Path\\\":\\\"/results/Some%2FSource.json\\\"}\","
                + "\"R\":\"results/Some%2FSource.json\"}");
    Run without = run(program);
    assertThat(without.rows()).isEmpty();
    assertThat(without.log()).anyMatch(line -> line.contains("needs a password"));
  }

  @Test
  void aPipeIsReadByTheNameOfItsVariable() {
    Run run =
        run(
            "LET Lines = pipe(query={SELECT _value, 9 AS B FROM range(end=3)}, sep=';')\n"
                + "LET All <= pipe(query={SELECT dict(A=_value) AS D FROM range(end=2)})\n"
                + "SELECT read_file(filename='Lines', accessor='pipe') AS A,"
                + " read_file(filename='All', accessor='pipe') AS B,"
                + " read_file(filename='All', accessor='pipe', offset=4, length=3) AS C,"
                + " read_file(filename='None', accessor='pipe') AS D, All FROM scope()");
    assertThat(run.rows())
        .containsExactly(
            "{\"A\":\"0;1;2;\",\"B\":\"{\\\"A\\\":0}{\\\"A\\\":1}\",\"C\":\":0}\",\"D\":\"\","
                + "\"All\":{}}");
    assertThat(run.log()).containsExactly("read_file: None: variable None is not a pipe");
  }

  @Test
  void aPipeRunsNoFurtherThanItIsRead() {
    Run run =
        run(
            "LET Endless = pipe(query={SELECT _value FROM range(end=1000000000)}, sep='\\n')\n"
                + "SELECT * FROM parse_lines(filename='Endless', accessor='pipe') LIMIT 2");
    assertThat(run.rows()).containsExactly("{\"Line\":\"0\"}", "{\"Line\":\"1\"}");
  }

  @Test
  void aVariableThatIsNotYetEvaluatedIsReadByItsValue() {
    Run run =
        run(
            "LET Text = 'ab' + 'cd' LET Lines <= dict(A='x')\n"
                + "SELECT read_file(filename='Text', accessor='scope') AS A,"
                + " read_file(filename='Lines.A', accessor='scope') AS B FROM scope()");
    assertThat(run.rows()).containsExactly("{\"A\":\"abcd\",\"B\":\"x\"}");
  }

  @Test
  void pathsOfOtherHostsAreTakenApart() {
    Run run =
        run(
            "SELECT pathspec(Path='HKLM\\\\Soft', accessor='registry').Components AS A,"
                + " pathspec(Path='c:/x', accessor='ntfs') AS B,"
                + " pathspec(Path='x', accessor='nope') AS C FROM scope()");
    assertThat(run.rows())
        .containsExactly(
            "{\"A\":[\"HKEY_LOCAL_MACHINE\",\"Soft\"],\"B\":\"\\\\\\\\.\\\\C:\\\\x\",\"C\":false}");
    assertThat(run.log()).containsExactly("pathspec: Field Path Unknown filesystem accessor nope");
  }
}
