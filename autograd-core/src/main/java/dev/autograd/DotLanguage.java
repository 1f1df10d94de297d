package dev.autograd;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Graphviz's DOT language. Every id and label is quoted. Within a label the characters that mean
 * something to Graphviz are escaped: quotes and backslashes by a backslash, and, as XML entities,
 * ampersands, which begin one, and what structures record and HTML labels.
 */
final class DotLanguage implements Drawing.Language {

  @Override
  public String head() {
    return """
        digraph autograd {
          rankdir="TB";
          ordering="in";
          node [fontname="Helvetica", fontsize="11"];
        """;
  }

  @Override
  public String node(String id, Drawing.Role role, List<String> label) {
    String text = label.stream().map(DotLanguage::escaped).collect(Collectors.joining("\\n"));
    return "  \""
        + id
        + "\" [label=\""
        + text
        + "\", shape=\""
        + shape(role)
        + "\", style=\""
        + (role == Drawing.Role.EXTERNAL ? "dashed" : "filled")
        + "\", fillcolor=\""
        + role.fill
        + "\"];\n";
  }

  @Override
  public String edge(String from, String to) {
    return "  \"" + from + "\" -> \"" + to + "\";\n";
  }

  @Override
  public String foot() {
    return "}\n";
  }

  @Override
  public int mostEdges() {
    return Integer.MAX_VALUE;
  }

  @Override
  public int mostCharacters() {
    return Integer.MAX_VALUE;
  }

  private static String shape(Drawing.Role role) {
    return switch (role) {
      case LEAF -> "ellipse";
      case PARAMETER -> "cylinder";
      case CONSTANT -> "plaintext";
      case OPERATION, EXTERNAL -> "box";
      case NOTE -> "note";
    };
  }

  private static String escaped(String line) {
    StringBuilder text = new StringBuilder();
    line.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"', '\\' -> text.append('\\').appendCodePoint(c);
                case '&', '<', '>', '{', '}', '|' -> text.append("&#").append(c).append(';');
                case '\n' -> text.append("\\n");
                default -> text.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
              }
            });
    return text.toString();
  }
}
