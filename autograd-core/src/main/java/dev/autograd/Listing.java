package dev.autograd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Recorded graphs as ordered lists of nodes, and as text. */
final class Listing {

  private Listing() {}

  /** Returns every node that leads to the given one, in order of recording, itself last. */
  static List<Node> reachable(Node root) {
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Node> open = new ArrayDeque<>();
    seen.add(root);
    open.push(root);
    while (!open.isEmpty()) {
      for (Node input : open.pop().inputs()) {
        if (seen.add(input)) {
          open.push(input);
        }
      }
    }
    return inputsFirst(root, seen.size());
  }

  /** Returns the nodes that lead to a root, each after its inputs, in the order of its operands. */
  private static List<Node> inputsFirst(Node root, int size) {
    List<Node> order = new ArrayList<>(size);
    Set<Node> entered = Collections.newSetFromMap(new IdentityHashMap<>(size));
    Deque<Node> path = new ArrayDeque<>();
    Deque<Integer> next = new ArrayDeque<>();
    entered.add(root);
    path.push(root);
    next.push(0);
    while (!path.isEmpty()) {
      Node node = path.peek();
      int i = next.pop();
      if (i == node.inputs().size()) {
        order.add(path.pop());
      } else {
        next.push(i + 1);
        Node input = node.inputs().get(i);
        if (entered.add(input)) {
          path.push(input);
          next.push(0);
        }
      }
    }
    return order;
  }

  /** Returns the nodes with, before each, those of its inputs that are not in the list yet. */
  static List<Node> withInputs(List<Node> nodes) {
    List<Node> all = new ArrayList<>(nodes.size());
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Node node : nodes) {
      for (Node input : node.inputs()) {
        if (seen.add(input)) {
          all.add(input);
        }
      }
      if (seen.add(node)) {
        all.add(node);
      }
    }
    return all;
  }

  /** Returns whether a result is tracked through anything but one variable. */
  static boolean dependsOnOthers(Tensor result, Tensor variable) {
    if (!result.requiresGrad()) {
      return false;
    }
    Set<Vertex> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Vertex> open = new ArrayDeque<>();
    seen.add(variable.vertex());
    if (seen.add(result.vertex())) {
      open.push(result.vertex());
    }
    while (!open.isEmpty()) {
      Vertex vertex = open.pop();
      if (vertex instanceof Input && vertex.tracked()) {
        return true;
      }
      for (int i = 0; i < vertex.inputCount(); i++) {
        if (seen.add(vertex.input(i))) {
          open.push(vertex.input(i));
        }
      }
    }
    return false;
  }

  /** Returns one line per node, as in {@code %3 "A1" = tanh(%2) F64[8, 16]}. */
  static String print(List<Node> nodes) {
    Map<Node, Integer> numbers = new HashMap<>();
    StringBuilder text = new StringBuilder();
    Set<Node> listed = new HashSet<>(nodes);
    for (Node node : nodes) {
      numbers.put(node, numbers.size());
      text.append('%').append(numbers.get(node));
      if (!node.name().isEmpty()) {
        text.append(" \"").append(node.name()).append('"');
      }
      text.append(" = ").append(node.op()).append('(');
      String separator = "";
      for (Node input : node.inputs()) {
        text.append(separator).append(listed.contains(input) ? "%" + numbers.get(input) : "?");
        separator = ", ";
      }
      for (Map.Entry<String, Object> attribute : node.attributes().entrySet()) {
        text.append(separator).append(attribute.getKey()).append('=').append(attribute.getValue());
        separator = ", ";
      }
      text.append(")  ").append(node.dtype()).append(node.shape()).append(System.lineSeparator());
    }
    return text.toString();
  }
}
