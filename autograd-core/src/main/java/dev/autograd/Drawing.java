package dev.autograd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Recorded graphs in the languages of graph-drawing tools.
 *
 * <p>A node is called by its place in the list, {@code n0}, {@code n1}, …, so that two drawings of
 * one program are equal and those of similar ones easy to compare. An operand that is not in the
 * list is drawn beside it, as {@code e0}, {@code e1}, …. Edges run from operand to operation, in
 * the order of the operands.
 */
final class Drawing {

  /** What a node is drawn as. */
  enum Role {
    LEAF("#d5e8d4"),
    PARAMETER("#dae8fc"),
    CONSTANT("#eeeeee"),
    OPERATION("#ffffff"),
    /** An operand that is not in the list. */
    EXTERNAL("#ffffff"),
    /** A remark on the drawing. */
    NOTE("#fff2cc");

    /** The colour inside. */
    final String fill;

    Role(String fill) {
      this.fill = fill;
    }
  }

  /** A language for graphs; each method returns whole lines. */
  interface Language {

    String head();

    /** Returns the declaration of a node; the lines of its label are not escaped yet. */
    String node(String id, Role role, List<String> label);

    String edge(String from, String to);

    String foot();

    /** Returns the number of edges up to which the usual tools draw a graph. */
    int mostEdges();

    /** Returns the length of text up to which the usual tools draw a graph. */
    int mostCharacters();
  }

  private final List<Node> nodes;
  private final Language language;
  private final Map<Node, String> ids = new HashMap<>();
  private int externals;

  private Drawing(List<Node> nodes, Language language) {
    this.nodes = nodes;
    this.language = language;
    for (Node node : nodes) {
      ids.put(node, "n" + ids.size());
    }
  }

  /** Returns the graph in Graphviz's DOT language. */
  static String dot(List<Node> nodes) {
    return new Drawing(nodes, new DotLanguage()).text();
  }

  /** Returns the graph as a Mermaid flowchart, cut to what Mermaid accepts. */
  static String mermaid(List<Node> nodes) {
    return new Drawing(nodes, new MermaidLanguage()).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder(language.head());
    int room = language.mostCharacters() - language.foot().length() - note(nodes.size()).length();
    int edges = 0;
    for (int i = 0; i < nodes.size(); i++) {
      String part = withEdges(nodes.get(i));
      edges += nodes.get(i).inputs().size();
      if (edges > language.mostEdges() || text.length() + part.length() > room) {
        text.append(note(nodes.size() - i));
        break;
      }
      text.append(part);
    }
    return text.append(language.foot()).toString();
  }

  private String note(int left) {
    List<String> label =
        List.of(
            "left out: " + left + (left == 1 ? " more node" : " more nodes"),
            "limits: "
                + language.mostEdges()
                + " edges, "
                + language.mostCharacters()
                + " characters",
            "toDot() has no limit");
    return language.node("more", Role.NOTE, label);
  }

  private String withEdges(Node node) {
    StringBuilder part = new StringBuilder();
    String id = ids.getOrDefault(node, "");
    part.append(language.node(id, role(node), label(node)));
    for (Node operand : node.inputs()) {
      String from = ids.get(operand);
      if (from == null) {
        from = "e" + externals++;
        ids.put(operand, from);
        part.append(language.node(from, Role.EXTERNAL, label(operand)));
      }
      part.append(language.edge(from, id));
    }
    return part.toString();
  }

  private static Role role(Node node) {
    if (node instanceof Operation) {
      return Role.OPERATION;
    }
    return switch (node.op()) {
      case "leaf" -> Role.LEAF;
      case "parameter" -> Role.PARAMETER;
      default -> Role.CONSTANT;
    };
  }

  /** Returns operation and name, attributes, and element type with shape, a line each. */
  private static List<String> label(Node node) {
    List<String> lines = new ArrayList<>();
    lines.add(node.name().isEmpty() ? node.op() : node.op() + " \"" + node.name() + "\"");
    node.attributes().forEach((key, value) -> lines.add(key + "=" + value));
    lines.add(Listing.type(node));
    return lines;
  }
}
