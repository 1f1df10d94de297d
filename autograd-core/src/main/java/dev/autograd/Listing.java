package dev.autograd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Recorded graphs as ordered lists of nodes, and as text. Every walk keeps its own stack, because
 * graphs may be a million operations deep. Nodes are compared by identity.
 */
final class Listing {

  /** Expressions up to this length are filled up, so that what follows stands in one column. */
  private static final int WIDEST_COLUMN = 48;

  private Listing() {}

  /** Returns every node that leads to the given one, each after its operands, itself last. */
  static List<Node> reachable(Node root) {
    List<Node> order = new ArrayList<>();
    Set<Node> met = new HashSet<>();
    Deque<Node> path = new ArrayDeque<>();
    Deque<Iterator<Node>> operandsLeft = new ArrayDeque<>();
    met.add(root);
    path.push(root);
    operandsLeft.push(root.inputs().iterator());
    while (!path.isEmpty()) {
      Iterator<Node> operands = operandsLeft.element();
      if (!operands.hasNext()) {
        order.add(path.pop());
        operandsLeft.pop();
        continue;
      }
      Node operand = operands.next();
      if (met.add(operand)) {
        path.push(operand);
        operandsLeft.push(operand.inputs().iterator());
      }
    }
    return order;
  }

  /** Returns the nodes with, before each, those of its operands that are not in the list yet. */
  static List<Node> withInputs(List<Node> nodes) {
    List<Node> all = new ArrayList<>(nodes.size());
    Set<Node> met = new HashSet<>();
    for (Node node : nodes) {
      Stream.concat(node.inputs().stream(), Stream.of(node)).filter(met::add).forEach(all::add);
    }
    return all;
  }

  /** Returns whether the recorded graph of a result contains a variable. */
  static boolean dependsOn(Tensor result, Tensor variable) {
    if (!result.requiresGrad()) {
      return false;
    }
    Set<Vertex> met = new HashSet<>();
    Deque<Vertex> open = new ArrayDeque<>();
    met.add(result.vertex());
    open.push(result.vertex());
    while (!open.isEmpty()) {
      Vertex vertex = open.pop();
      if (vertex == variable.vertex()) {
        return true;
      }
      for (int i = 0; i < vertex.inputCount(); i++) {
        if (met.add(vertex.input(i))) {
          open.push(vertex.input(i));
        }
      }
    }
    return false;
  }

  /** Returns whether a result is tracked through anything but one variable. */
  static boolean dependsOnOthers(Tensor result, Tensor variable) {
    if (!result.requiresGrad()) {
      return false;
    }
    Set<Vertex> met = new HashSet<>();
    Deque<Vertex> open = new ArrayDeque<>();
    met.add(variable.vertex());
    if (met.add(result.vertex())) {
      open.push(result.vertex());
    }
    while (!open.isEmpty()) {
      Vertex vertex = open.pop();
      if (vertex instanceof Input && vertex.tracked()) {
        return true;
      }
      for (int i = 0; i < vertex.inputCount(); i++) {
        if (met.add(vertex.input(i))) {
          open.push(vertex.input(i));
        }
      }
    }
    return false;
  }

  /**
   * Returns one line per node: number, operation with operands and attributes, element type and
   * shape, label. Operands are given by number, and as {@code ?} if they are not in the list.
   *
   * <pre>{@code
   * %0  leaf             F64[2, 3]  "x"
   * %1  constant         F64[]
   * %2  mul(%0, %1)      F64[2, 3]
   * %3  sum(%2, axes=0)  F64[3]     "loss"
   * }</pre>
   */
  static String print(List<Node> nodes) {
    Map<Node, String> numbers = numbers(nodes);
    List<String> expressions = nodes.stream().map(node -> expression(node, numbers)).toList();
    List<String> types = nodes.stream().map(Listing::type).toList();
    int numberWidth = Integer.toString(nodes.size() - 1).length() + 1;
    int expressionWidth = width(expressions);
    int typeWidth = width(types);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < nodes.size(); i++) {
      String number = "%" + i;
      text.append(" ".repeat(numberWidth - number.length())).append(number).append("  ");
      appendFilled(text, expressions.get(i), expressionWidth);
      String label = oneLine(nodes.get(i).name());
      if (label.isEmpty()) {
        text.append(types.get(i));
      } else {
        appendFilled(text, types.get(i), typeWidth);
        text.append('"').append(label).append('"');
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static Map<Node, String> numbers(List<Node> nodes) {
    Map<Node, String> numbers = new HashMap<>();
    for (Node node : nodes) {
      numbers.put(node, "%" + numbers.size());
    }
    return numbers;
  }

  private static String expression(Node node, Map<Node, String> numbers) {
    List<String> arguments = new ArrayList<>();
    for (Node operand : node.inputs()) {
      arguments.add(numbers.getOrDefault(operand, "?"));
    }
    node.attributes().forEach((key, value) -> arguments.add(key + "=" + value));
    String op = oneLine(node.op());
    return arguments.isEmpty() ? op : op + "(" + oneLine(String.join(", ", arguments)) + ")";
  }

  /** Returns the element type and the shape, as in {@code F64[2, 3]}. */
  static String type(Node node) {
    return node.dtype().toString() + node.shape();
  }

  private static int width(List<String> column) {
    return column.stream()
        .mapToInt(String::length)
        .filter(length -> length <= WIDEST_COLUMN)
        .max()
        .orElse(0);
  }

  private static void appendFilled(StringBuilder text, String part, int width) {
    text.append(part).append(" ".repeat(Math.max(0, width - part.length()) + 2));
  }

  /** Returns text in which line breaks and other control characters are spaces. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
