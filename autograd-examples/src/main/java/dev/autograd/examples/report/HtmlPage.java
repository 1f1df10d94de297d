package dev.autograd.examples.report;

import dev.autograd.examples.plot.Picture;
import dev.autograd.examples.plot.PictureFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A page in HTML that is one file: pictures are inside it, and nothing is fetched. Immutable; each
 * method returns a longer page. Texts are escaped.
 *
 * <pre>{@code
 * AtomicFile.write(file, HtmlPage.titled("A run").heading("Loss").picture("loss", curve).toString());
 * }</pre>
 */
public final class HtmlPage {

  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; color: #333; max-width: 60em; margin: 2em auto; padding: 0 1em }
      table { border-collapse: collapse; margin: 1em 0 }
      th, td { padding: .2em .8em; border-bottom: 1px solid #ddd; text-align: right }
      th:first-child, td:first-child { text-align: left }
      pre { background: #f6f6f6; padding: 1em; overflow-x: auto }
      img { max-width: 100% }
      """;

  private final String title;
  private final String body;

  private HtmlPage(String title, String body) {
    this.title = title;
    this.body = body;
  }

  /** Returns a page with a title and nothing below it. */
  public static HtmlPage titled(String title) {
    return new HtmlPage(title, element("h1", escaped(title)));
  }

  private HtmlPage with(String more) {
    return new HtmlPage(title, body + more);
  }

  /** Returns this page with a heading. */
  public HtmlPage heading(String text) {
    return with(element("h2", escaped(text)));
  }

  /** Returns this page with a paragraph. */
  public HtmlPage paragraph(String text) {
    return with(element("p", escaped(text)));
  }

  /** Returns this page with a text whose lines and spaces are kept. */
  public HtmlPage lines(String text) {
    return with(element("pre", escaped(text)));
  }

  /** Returns this page with a table. */
  public HtmlPage table(List<String> header, List<List<String>> rows) {
    return with(tableOf(header, rows));
  }

  /** Returns this page with a table that is folded away behind a text. */
  public HtmlPage foldedTable(String text, List<String> header, List<List<String>> rows) {
    return with(element("details", element("summary", escaped(text)) + tableOf(header, rows)));
  }

  /** Returns this page with a picture, which is described in words for those who do not see it. */
  public HtmlPage picture(String words, Picture picture) {
    return with(
        "<p><img alt=\""
            + escaped(words)
            + "\" src=\""
            + PictureFormat.SVG.dataAddress(picture)
            + "\"></p>\n");
  }

  private static String tableOf(List<String> header, List<List<String>> rows) {
    return element(
        "table",
        row("th", header) + rows.stream().map(row -> row("td", row)).collect(Collectors.joining()));
  }

  private static String row(String cell, List<String> fields) {
    return element(
        "tr",
        fields.stream()
            .map(field -> "<" + cell + ">" + escaped(field) + "</" + cell + ">")
            .collect(Collectors.joining()));
  }

  private static String element(String name, String content) {
    return "<" + name + ">" + content + "</" + name + ">\n";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Returns the whole page. */
  @Override
  public String toString() {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + element("title", escaped(title))
        + element("style", "\n" + STYLE)
        + "</head>\n<body>\n"
        + body
        + "</body>\n</html>\n";
  }
}
