package dev.autograd.examples.command;

import dev.autograd.Tape;
import dev.autograd.examples.input.InvalidInputException;
import java.nio.file.Path;
import java.util.Locale;

/** The languages of graph-drawing tools, with the names of their files and how to see them. */
enum DrawingFormat {
  DOT("dot -Tsvg %1$s -o %1$s.svg", ".dot", ".gv") {
    @Override
    String draw(Tape tape) {
      return tape.toDot();
    }
  },
  MERMAID("mmdc -i %1$s -o %1$s.svg, or paste it into https://mermaid.live", ".mmd", ".mermaid") {
    @Override
    String draw(Tape tape) {
      return tape.toMermaid();
    }
  };

  private final String rendering;
  private final String extension;
  private final String otherExtension;

  DrawingFormat(String rendering, String extension, String otherExtension) {
    this.rendering = rendering;
    this.extension = extension;
    this.otherExtension = otherExtension;
  }

  /** Returns the format that a file's name tells. */
  static DrawingFormat of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    for (DrawingFormat format : values()) {
      if (name.endsWith(format.extension) || name.endsWith(format.otherExtension)) {
        return format;
      }
    }
    throw new InvalidInputException(
        file + ": the name does not tell the format; end it in .dot or .mmd, or add --format");
  }

  /** Returns the drawing of what a tape recorded. */
  abstract String draw(Tape tape);

  /** Returns the command that makes a picture of a drawing. */
  String rendering(Path file) {
    String name = file.toString();
    return String.format(Locale.ROOT, rendering, name.contains(" ") ? '"' + name + '"' : name);
  }
}
