package org.minivql.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.minivql.value.Absent;
import org.minivql.value.Members;

/** Objects of a host as the environments of the cases describe them. */
final class HostObjects {
  private HostObjects() {}

  /** A dict that the case may change while it runs. */
  static final class Changeable implements Members {
    private final Map<String, Object> members = new LinkedHashMap<>();

    void set(String name, Object value) {
      members.put(name, value);
    }

    @Override
    public Object member(String name) {
      return members.containsKey(name) ? members.get(name) : Absent.ABSENT;
    }

    @Override
    public List<String> memberNames() {
      return List.copyOf(members.keySet());
    }
  }

  /** Members that are computed when asked for; only some of them are advertised. */
  static final class Methods implements Members {
    private final Map<String, Supplier<Object>> methods = new LinkedHashMap<>();
    private final List<String> advertised;

    Methods(List<String> advertised) {
      this.advertised = advertised;
    }

    Methods with(String name, Supplier<Object> method) {
      methods.put(name, method);
      return this;
    }

    @Override
    public Object member(String name) {
      Supplier<Object> method = methods.get(name);
      return method == null ? Absent.ABSENT : method.get();
    }

    @Override
    public List<String> memberNames() {
      return advertised;
    }
  }
}
