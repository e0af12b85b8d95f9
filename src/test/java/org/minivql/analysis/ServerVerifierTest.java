package org.minivql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.minivql.Vql;
import org.minivql.spi.QueryVerifier;
import org.minivql.value.Dict;

class ServerVerifierTest {
  private static QueryVerifier.Report verify(String query) {
    return new ServerVerifier()
        .verify(
            Vql.builder().build().library(),
            query,
            new QueryVerifier.Setting(
                name -> name.equals("A.B") ? List.of("P") : null, Set.of("Given")));
  }

  @Test
  void callsOfWhatIsNotThereAreErrors() {
    assertThat(verify("SELECT nofun(), Given() FROM noplug()").errors())
        .containsExactly(
            "(1,8) unknown_plugin: Unknown function nofun()",
            "(1,30) unknown_plugin: Unknown plugin noplug()");
    assertThat(verify("SELECT * FROM Artifact.C.D()").errors())
        .containsExactly("Unknown artifact reference C.D");
    assertThat(verify("SELECT * FROM Artifact.A.B(P=1, Q=2)").errors())
        .containsExactly(
            "(1,33) unknown_parameter_in_call: Call to Artifact.A.B contains unknown parameter Q");
  }

  @Test
  void argumentsAreCheckedAgainstDefinitions() {
    assertThat(verify("LET F(A, B=2) = A\nSELECT F(C=1) FROM scope()").errors())
        .containsExactly(
            "(2,10) invalid_arg: Invalid arg C for VQL definition F",
            "(1,7) required_arg_missing: While calling VQL definition F(), required arg A is not"
                + " provided");
    assertThat(verify("LET F = 1\nSELECT F(C=1), F() FROM scope()").errors())
        .containsExactly(
            "(2,8) call_as_function: LET F was defined without args but it is being called as a"
                + " function");
  }

  @Test
  void argumentsAreCheckedAgainstBuiltins() {
    assertThat(verify("SELECT upcase(text='a') FROM scope()").errors())
        .containsExactly(
            "(1,15) invalid_arg: Invalid arg text for function upcase()",
            "(1,8) required_arg_missing: While calling function upcase(), required arg string is"
                + " not provided");
    assertThat(verify("SELECT upcase(`**`=dict(), string='a') FROM scope()").errors())
        .containsExactly(
            "(1,8) kwargs_mixed_call: Calling function `upcase` with kwargs (**) as well as with"
                + " arg `{string {1:28 1:38}}`");
  }

  @Test
  void bareNamesOfFunctionsAreWarnedOfUnlessSuppressed() {
    List<Dict> warnings = verify("SELECT upcase , lowcase FROM scope()").warnings();
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0).get("Args")).isEqualTo(List.of("upcase", "function"));
    assertThat(((Dict) ((Dict) warnings.get(0).get("Pos")).get("EndPos")).get("Column"))
        .isEqualTo(15L);
    QueryVerifier.Report quiet =
        verify("// linter: symbol_mask_warn:\"^up\"\nSELECT upcase , lowcase FROM scope()");
    assertThat(quiet.warnings()).hasSize(1);
    assertThat(quiet.suppressions())
        .containsExactly(Dict.of("Name", "symbol_mask_warn", "Subject", "^up"));
    assertThat(verify("// linter: nonsense:\"x\"\nSELECT 1 FROM scope()").errors())
        .containsExactly("invalid_suppression: Suppression nonsense not known");
  }

  @Test
  void errorsOfEveryKindCanBeSuppressedBySubject() {
    String query =
        "LET F(x) = x\nLET G = 1\n"
            + "SELECT F(), G(a=1), upcase(strong='a', string='b'), upcase(`**`=dict(), string='a'),"
            + " nofun() FROM Artifact.No.Such()";
    assertThat(verify(query).errors()).hasSize(6);
    String quiet =
        "// linter: required_arg_missing:\"^x$\"\n// linter: call_as_function:\"G\"\n"
            + "// linter: invalid_arg:\"strong\"\n// linter: kwargs_mixed_call:\"upcase\"\n"
            + "// linter: unknown_plugin:\"fun\"\n// linter: unknown_artifact_in_query:\"Such\"\n";
    assertThat(verify(quiet + query).errors()).isEmpty();
    assertThat(verify(quiet.replace("\"fun\"", "\"fin\"") + query).errors())
        .singleElement()
        .asString()
        .endsWith("unknown_plugin: Unknown function nofun()");
  }

  @Test
  void definitionsAndPermissionsAreListed() {
    QueryVerifier.Report report =
        verify("LET G(A, B=2) = A\nLET F = 1\nSELECT * FROM glob(globs='/*')");
    assertThat(report.definitions().shape().names()).containsExactly("F", "G");
    assertThat(((Dict) report.definitions().get("G")).get("Defaults")).isEqualTo(List.of("B"));
    assertThat(report.permissions()).containsExactly("FILESYSTEM_READ");
  }
}
