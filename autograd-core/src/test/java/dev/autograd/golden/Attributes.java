package dev.autograd.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autograd.Reduction;
import dev.autograd.array.Axes;
import dev.autograd.array.Shape;
import java.util.Locale;
import java.util.Optional;

/** The attributes of one golden operation. */
record Attributes(JsonNode json) {

  boolean has(String name) {
    return json.hasNonNull(name);
  }

  boolean flag(String name) {
    return json.path(name).asBoolean(false);
  }

  String text(String name) {
    return json.path(name).asText();
  }

  int integer(String name) {
    return json.get(name).asInt();
  }

  int[] ints(String name) {
    return Json.ints(json.get(name));
  }

  double number(String name) {
    return Json.number(json.get(name));
  }

  double number(String name, double otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  Optional<Long> index(String name) {
    return has(name) ? Optional.of(json.get(name).asLong()) : Optional.empty();
  }

  Shape shape(String name) {
    return Json.shape(json.get(name));
  }

  /** Returns the axes of a reduction, kept with size 1 if that is asked. */
  Axes axes() {
    Axes axes = has("dims") ? Axes.of(ints("dims")) : Axes.all();
    return flag("keepdim") ? axes.keep() : axes;
  }

  Reduction reduction() {
    if (!has("reduction")) {
      return Reduction.MEAN;
    }
    String name = text("reduction");
    return name.equals("batchmean")
        ? Reduction.BATCH_MEAN
        : Reduction.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
