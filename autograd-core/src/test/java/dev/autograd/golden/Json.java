package dev.autograd.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Numbers, shapes and names out of the golden files' notation; "NaN" and "Infinity" are strings
 * there.
 */
final class Json {

  private Json() {}

  static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
  }

  static double[] numbers(JsonNode node) {
    double[] values = new double[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(node.get(i));
    }
    return values;
  }

  static int[] ints(JsonNode node) {
    int[] values = new int[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = node.get(i).asInt();
    }
    return values;
  }

  static Shape shape(JsonNode node) {
    return Shape.of(ints(node));
  }

  static List<String> texts(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText).toList();
  }

  static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
