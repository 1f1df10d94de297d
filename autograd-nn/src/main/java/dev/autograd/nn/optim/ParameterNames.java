package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import dev.autograd.nn.Parameters;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The names under which a state remembers something of parameters. */
final class ParameterNames {

  private ParameterNames() {}

  /**
   * Returns the parameters in order, each once, by path, if they are {@link Parameters}, else by
   * their own name, numbered where several have the same.
   */
  static Map<String, Parameter> of(Iterable<? extends Parameter> parameters) {
    Set<Parameter> distinct = new LinkedHashSet<>();
    parameters.forEach(distinct::add);
    Map<String, Parameter> named = new LinkedHashMap<>();
    Iterator<String> paths =
        parameters instanceof Parameters listed
            ? listed.paths().iterator()
            : distinct.stream().map(Parameter::name).iterator();
    for (Parameter parameter : distinct) {
      named.put(unused(paths.next(), named.keySet()), parameter);
    }
    return named;
  }

  private static String unused(String name, Set<String> taken) {
    String candidate = name;
    for (int number = 2; taken.contains(candidate); number++) {
      candidate = name + "#" + number;
    }
    return candidate;
  }
}
