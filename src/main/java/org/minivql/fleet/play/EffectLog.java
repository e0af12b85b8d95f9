package org.minivql.fleet.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  /** What was meant to happen, in order. */
  synchronized List<Dict> effects() {
    return List.copyOf(effects);
  }
}
