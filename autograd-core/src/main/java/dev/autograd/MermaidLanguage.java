package dev.autograd;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Mermaid's flowcharts, which forges draw inside Markdown. Labels are quoted. Within them all but
 * letters, digits and a few harmless signs are given as Mermaid's entities, {@code #35;} for {@code
 * #}, because a label may otherwise end early, be taken for a directive, an icon or a formula, or,
 * where Mermaid reads Markdown, for a list or emphasis.
 *
 * <p>Mermaid refuses more than 500 edges or 50,000 characters unless configured otherwise.
 */
final class MermaidLanguage implements Drawing.Language {

  private static final String BREAK = "<br/>";
  private static final String HARMLESS = " .,=()[]/'!?";

  @Override
  public String head() {
    return "flowchart TD\n";
  }

  @Override
  public String node(String id, Drawing.Role role, List<String> label) {
    String text = label.stream().map(MermaidLanguage::escaped).collect(Collectors.joining(BREAK));
    String open = role == Drawing.Role.LEAF ? "([" : role == Drawing.Role.PARAMETER ? "[(" : "[";
    String close = role == Drawing.Role.LEAF ? "])" : role == Drawing.Role.PARAMETER ? ")]" : "]";
    return "  " + id + open + '"' + text + '"' + close + ":::" + styleName(role) + "\n";
  }

  @Override
  public String edge(String from, String to) {
    return "  " + from + " --> " + to + "\n";
  }

  @Override
  public String foot() {
    StringBuilder text = new StringBuilder();
    for (Drawing.Role role : Drawing.Role.values()) {
      text.append("  classDef ")
          .append(styleName(role))
          .append(" fill:")
          .append(role.fill)
          .append(",stroke:#666666,color:#000000")
          .append(role == Drawing.Role.EXTERNAL ? ",stroke-dasharray:4 3" : "")
          .append('\n');
    }
    return text.toString();
  }

  @Override
  public int mostEdges() {
    return 500;
  }

  @Override
  public int mostCharacters() {
    return 50_000;
  }

  private static String styleName(Drawing.Role role) {
    return switch (role) {
      case LEAF -> "leaf";
      case PARAMETER -> "parameter";
      case CONSTANT -> "constant";
      case OPERATION -> "operation";
      case EXTERNAL -> "external";
      case NOTE -> "note";
    };
  }

  private static String escaped(String line) {
    StringBuilder text = new StringBuilder();
    line.codePoints()
        .forEach(
            c -> {
              if (c == '\n') {
                text.append(BREAK);
              } else if (isHarmless(c, startsLine(text))) {
                text.appendCodePoint(c);
              } else if (Character.isISOControl(c)) {
                text.append(' ');
              } else if (c == '"') {
                text.append("#quot;");
              } else {
                text.append('#').append(c).append(';');
              }
            });
    return text.toString();
  }

  /** A list in Markdown begins with a digit or a sign, so only letters may begin a line. */
  private static boolean isHarmless(int c, boolean first) {
    return Character.isLetter(c) || (!first && (Character.isDigit(c) || HARMLESS.indexOf(c) >= 0));
  }

  private static boolean startsLine(StringBuilder text) {
    // Nothing but a break ends in an unescaped bracket.
    return text.isEmpty() || text.charAt(text.length() - 1) == '>';
  }
}
