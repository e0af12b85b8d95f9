package org.minivql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CasesTest {
  @Test
  void keepsTypesAndOrder() {
    Object value =
        Cases.parse("{\"z\": 1, \"a\": [1.0, null, true, \"x\"], \"b\": 18446744073709551615}");
    assertThat(value).isInstanceOf(Map.class);
    Map<?, ?> map = (Map<?, ?>) value;
    assertThat(map.keySet().toString()).isEqualTo("[z, a, b]");
    assertThat(map.get("z")).isEqualTo(1L);
    assertThat(map.get("a")).isEqualTo(Arrays.asList(1.0, null, true, "x"));
    assertThat(map.get("b")).isEqualTo(1.8446744073709552E19);
    assertThat(Cases.parse("[]")).isEqualTo(List.of());
  }
}
