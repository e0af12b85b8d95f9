package org.minivql.fleet.play;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.minivql.spi.Effects;
import org.minivql.value.Dict;

/** Lets nothing happen outside of the process, and takes note of what was meant to. */
public final class EffectLog implements Effects {
  private final List<Dict> effects = new ArrayList<>();

  @Override
  public synchronized Decision decide(Effect effect) {
    if (effect.kind() == Kind.TEMPFILE) {
      return Decision.ALLOW;
    }
    Dict.Builder note =
        Dict.builder()
            .set("kind", effect.kind().name().toLowerCase(Locale.ROOT))
            .set("builtin", effect.builtin())
            .set("target", effect.target());
    effect.details().forEach(note::replace);
    effects.add(note.build());
    return Decision.RECORD;
  }

  /** What was meant to happen, as kind and target, and how often. */
  synchronized Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    effects.forEach(
        effect -> counts.merge(effect.get("kind") + " " + effect.get("target"), 1L, Long::sum));
    return counts;
  }

  /** What was meant to happen, in order. */
  synchronized List<Dict> effects() {
    return List.copyOf(effects);
  }
}
