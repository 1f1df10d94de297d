package dev.autograd.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The documentation comments of a family of operations, read from its source and made Markdown. */
final class OperationSource {

  /** A comment, then the head of what it is about. */
  private static final Pattern COMMENTED =
      Pattern.compile(
          "/\\*\\*(?<comment>(?:(?!\\*/).)*)\\*/\\s*(?<annotations>(?:@\\w+(?:\\([^)]*\\))?\\s+)*)(?<head>[^{;]*)",
          Pattern.DOTALL);

  private static final Pattern OPERATION =
      Pattern.compile(
          "(?:default|public static)\\s+(?:Tensor|List<Tensor>)\\s+(?<name>\\w+)\\s*\\((?<parameters>.*)\\)\\s*",
          Pattern.DOTALL);

  private static final Pattern CODE = Pattern.compile("`[^`]*`");

  /** A link, with or without a text of its own. */
  private static final Pattern LINK =
      Pattern.compile(
          "\\{@link(?:plain)?\\s+#?(?<target>[\\w.#]+(?:\\([^)]*\\))?)\\s*(?<text>[^}]*)\\}");

  private static String linked(MatchResult link) {
    String text = link.group(2);
    return text.isEmpty() ? "`" + link.group(1).replace('#', '.') + "`" : text;
  }

  /** One operation: its name, its parameters as written, and its text. */
  record Operation(String name, String parameters, String text) {

    /** Returns the call as a user writes it: names of parameters without types. */
    String call() {
      return name + "(" + parameters + ")";
    }
  }

  private final String introduction;
  private final List<Operation> operations;

  private OperationSource(String introduction, List<Operation> operations) {
    this.introduction = introduction;
    this.operations = operations;
  }

  /** Reads the source of a class of the root package. */
  static OperationSource of(Class<?> family) {
    Path source =
        Path.of(".", "src", "main", "java").resolve(family.getName().replace('.', '/') + ".java");
    try {
      return parse(Files.readString(source));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OperationSource parse(String source) {
    String introduction = "";
    List<Operation> operations = new ArrayList<>();
    Matcher commented = COMMENTED.matcher(source);
    while (commented.find()) {
      String head = commented.group("head");
      Matcher operation = OPERATION.matcher(head);
      if (operation.matches()) {
        operations.add(
            new Operation(
                operation.group("name"),
                operation.group("parameters").replaceAll("\\s+", " ").strip(),
                markdown(commented.group("comment"))));
      } else if (introduction.isEmpty() && head.matches("(?s).*\\b(interface|class)\\b.*")) {
        introduction = markdown(commented.group("comment"));
      }
    }
    return new OperationSource(introduction, operations);
  }

  String introduction() {
    return introduction;
  }

  List<Operation> operations() {
    return operations;
  }

  private static String markdown(String comment) {
    String text = comment.replaceAll("(?m)^\\s*\\* ?", "").strip();
    text = text.replaceAll("(?s)<pre>\\{@code\\s*\\n(.*?)\\}</pre>", "\n```java\n$1```\n");
    text = text.replaceAll("(?s)\\{@code\\s+((?:[^{}]|\\{[^{}]*\\})*)\\}", "`$1`");
    text =
        CODE.matcher(text)
            .replaceAll(span -> span.group().replaceAll("\\s*\\n\\s*", " ").replace("$", "\\$"));
    text = LINK.matcher(text).replaceAll(OperationSource::linked);
    text = text.replaceAll("<p>", "").replace("<b>", "**").replace("</b>", "**");
    text = text.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&");
    text = text.replaceAll("(?m)^@param\\s+(\\w+)\\s+", "- `$1`: ");
    text = text.replaceAll("(?m)^@throws\\s+(\\w+)\\s+", "- throws `$1` ");
    text = text.replaceAll("(?m)^@see\\s+#?(\\w+)\\s*", "- see `$1` ");
    text = text.replaceAll("(?m)^@return\\s+", "- returns ");
    return unwrapped(text);
  }

  /** Returns the text with one line per paragraph and per list entry; code stays as it is. */
  private static String unwrapped(String text) {
    StringBuilder lines = new StringBuilder();
    boolean code = false;
    for (String line : text.lines().toList()) {
      boolean fence = line.startsWith("```");
      boolean begins = lines.isEmpty() || lines.charAt(lines.length() - 1) == '\n';
      if (code || fence) {
        lines.append(begins ? "" : "\n").append(line).append('\n');
        code ^= fence;
      } else if (line.isBlank()) {
        lines.append(begins ? "\n" : "\n\n");
      } else if (line.startsWith("- ")) {
        lines.append(begins ? "" : "\n").append(line.strip());
      } else {
        lines.append(begins ? "" : " ").append(line.strip());
      }
    }
    return lines.toString().replaceAll("\n{3,}", "\n\n").strip();
  }
}
