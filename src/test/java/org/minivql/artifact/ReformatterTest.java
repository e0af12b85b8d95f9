package org.minivql.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReformatterTest {
  @Test
  void queriesInBlocksAreLaidOutAndTheRestStays() {
    String text =
        """
        name: A   # kept
        precondition: select  1 from scope()
        sources:
          - name: S
            query: |
                let X = select   a,b from scope()
                select * from X

          - query: SELECT 1 FROM scope()
        """;

    String after = Reformatter.reformat(text);

    assertThat(after)
        .startsWith("name: A   # kept\nprecondition: select  1 from scope()\n")
        .contains("        LET X = SELECT ")
        .endsWith("\n\n  - query: SELECT 1 FROM scope()");
    assertThat(Reformatter.reformat(after)).isEqualTo(after);
    assertThat(Artifact.parse(after).sources()).hasSize(2);
  }

  @Test
  void whatIsNoDefinitionIsRefused() {
    assertThatThrownBy(() -> Reformatter.reformat("name: A\nnosuchmember: 1\n"))
        .isInstanceOf(ArtifactException.class);
    assertThatThrownBy(() -> Reformatter.reformat("name: A\nexport: |\n  LET =\n"))
        .isInstanceOf(ArtifactException.class);
  }

  @Test
  void theNameNeedNotBeValid() {
    assertThat(Reformatter.reformat("name: 1 2\nexport: |\n  LET  X=1\n"))
        .isEqualTo("name: 1 2\nexport: |\n  LET X = 1");
  }
}
