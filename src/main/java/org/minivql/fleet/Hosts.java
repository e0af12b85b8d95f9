package org.minivql.fleet;

import org.minivql.value.Dict;
import org.minivql.value.Sink;

/** What hosts would answer if they were asked now. */
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
        public boolean answer(String clientId, String plugin, Dict arguments, long call, Sink out) {
          return false;
        }
      };

  /** Whether there is a description of this client's host. */
  boolean has(String clientId);

  /** The client program's configuration: what queries see as {@code config}. */
  Dict config(String clientId);

  /**
   * The answer of a plugin.
   *
   * @param call how often it was called before with these arguments
   * @return false where the description has no answer
   */
  boolean answer(String clientId, String plugin, Dict arguments, long call, Sink out);
}
