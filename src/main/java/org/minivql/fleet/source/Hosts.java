package org.minivql.fleet.source;

import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.minivql.value.Dict;
import org.minivql.value.Sink;

/**
 * What hosts would answer if they were asked now.
 *
 * @since 0.1.0
 */
public interface Hosts {
  /** No host answers. */
  Hosts NONE =
      new Hosts() {
        @Override
        public boolean has(String clientId) {
          return false;
        }

        @Override
        public Dict config(String clientId) {
          return Dict.EMPTY;
        }

        @Override
        public boolean answers(String clientId, String plugin) {
          return false;
        }

        @Override
        public void answer(
            String clientId,
            String plugin,
            Dict arguments,
            ToLongFunction<String> calls,
            Sink out,
            Consumer<String> log) {
          throw new IllegalStateException("there is no host");
        }
      };

  /** Whether there is a description of this client's host. */
  boolean has(String clientId);

  /** The client program's configuration: what queries see as {@code config}. */
  Dict config(String clientId);

  /** Whether the description says what a plugin answers. */
  boolean answers(String clientId, String plugin);

  /**
   * Gives the answer of a plugin, which may be no row.
   *
   * @param calls tells for an answer that can be given again, named by a text, how often it was
   *     asked for before
   * @param log takes what of the answer could not be read
   */
  void answer(
      String clientId,
      String plugin,
      Dict arguments,
      ToLongFunction<String> calls,
      Sink out,
      Consumer<String> log);
}
