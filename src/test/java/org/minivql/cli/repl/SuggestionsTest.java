package org.minivql.cli.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minivql.spi.ArgType;
import org.minivql.spi.Parameter;
import org.minivql.spi.Signature;

class SuggestionsTest {
  private static final Vocabulary VOCABULARY =
      new Vocabulary() {
        @Override
        public Collection<String> functions() {
          return List.of("label", "len", "now");
        }

        @Override
        public Collection<String> plugins() {
          return List.of("clients", "foreach");
        }

        @Override
        public Signature function(String name) {
          return name.equals("label") ? signature(Signature.Kind.FUNCTION, name, List.of()) : null;
        }

        @Override
        public Signature plugin(String name) {
          return name.equals("clients")
              ? signature(Signature.Kind.PLUGIN, name, List.of("client_id", "os_info"))
              : null;
        }

        @Override
        public Collection<String> artifacts() {
          return List.of("Generic.Client.Info");
        }

        @Override
        public Collection<String> variables() {
          return List.of("Servers");
        }

        private Signature signature(Signature.Kind kind, String name, List<String> columns) {
          return new Signature(
              kind,
              name,
              "Does it. And more.",
              List.of(
                  new Parameter("client_id", ArgType.STRING, true, "", "Which client."),
                  new Parameter("op", ArgType.STRING, false, "", "What to do.")),
              false,
              columns,
              List.of(),
              0,
              "",
              org.minivql.spi.ErrorValue.NULL,
              name,
              false,
              false);
        }
      };

  private static List<String> at(String text) {
    int cursor = text.indexOf('|');
    return Suggestions.at(VOCABULARY, text.replace("|", ""), cursor).stream()
        .map(Suggestion::text)
        .toList();
  }

  @Test
  void aStatementBeginsWithAKeyword() {
    assertThat(at("|")).containsExactly("SELECT", "LET", "EXPLAIN");
    assertThat(at("se|")).containsExactly("SELECT");
  }

  @Test
  void fromIsFollowedByWhatYieldsRows() {
    assertThat(at("SELECT * FROM |"))
        .containsExactly("Servers", "clients(", "foreach(", "Artifact.Generic.Client.Info(");
    assertThat(at("SELECT * FROM Artifact.Gen|")).containsExactly("Artifact.Generic.Client.Info(");
  }

  @Test
  void aCallOffersItsArguments() {
    assertThat(at("SELECT label(|")).containsExactly("client_id=", "op=");
    assertThat(at("SELECT label(client_id=x, o|")).containsExactly("op=");
    assertThat(at("SELECT * FROM clients(c|")).containsExactly("client_id=");
    assertThat(at("SELECT unknown(|")).contains("len(");
    assertThat(at("SELECT label(client_id=|")).doesNotContain("op=");
  }

  @Test
  void argumentsCarryTheirDocs() {
    assertThat(Suggestions.at(VOCABULARY, "SELECT label(", 13).get(0))
        .isEqualTo(new Suggestion("client_id=", "argument", "Which client. (required)", false));
  }

  @Test
  void columnsOfAKnownSourceAreOffered() {
    assertThat(at("SELECT | FROM clients()")).startsWith("client_id", "os_info");
    assertThat(at("SELECT * FROM clients() WHERE os|")).containsExactly("os_info");
  }

  @Test
  void expressionsOfferFunctionsVariablesAndKeywords() {
    assertThat(at("SELECT l|")).contains("label(", "len(", "LIMIT").doesNotContain("clients(");
    assertThat(at("SELECT S|")).startsWith("Servers");
  }
}
