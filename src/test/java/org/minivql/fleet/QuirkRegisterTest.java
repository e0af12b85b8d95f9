package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every quirk of the server is shown by a test, which also counts its warning. */
class QuirkRegisterTest {
  private static final List<Class<?>> TESTS =
      List.of(RecordQuirksTest.class, CallQuirksTest.class, ArtifactQuirksTest.class);

  @Test
  void noQuirkIsLeftOut() {
    Map<String, List<String>> shown = new TreeMap<>();
    for (Class<?> tests : TESTS) {
      for (Method method : tests.getDeclaredMethods()) {
        Quirk quirk = method.getAnnotation(Quirk.class);
        if (quirk != null) {
          shown.computeIfAbsent(quirk.value(), id -> new ArrayList<>()).add(method.getName());
        }
      }
    }

    List<String> register =
        IntStream.rangeClosed(1, 42)
            .mapToObj(number -> String.format(Locale.ROOT, "Q-%02d", number))
            .toList();
    assertThat(shown.keySet()).containsExactlyElementsOf(register);
    assertThat(register).allSatisfy(id -> assertThat(Remedies.of(id)).as(id).isNotBlank());
  }
}
