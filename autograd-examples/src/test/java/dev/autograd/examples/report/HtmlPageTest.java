package dev.autograd.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.examples.plot.ImageGrid;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlPageTest {

  @Test
  void textsAreEscapedEverywhere() {
    String evil = "<script>\"&";
    String page =
        HtmlPage.titled(evil)
            .heading(evil)
            .paragraph(evil)
            .lines(evil)
            .table(List.of(evil), List.of(List.of(evil)))
            .foldedTable(evil, List.of(evil), List.of())
            .picture(evil, ImageGrid.columns(1).add(Tensor.of(new double[][] {{1}}), "1"))
            .toString();
    assertThat(page).doesNotContain("<script>").doesNotContain("\"&\"");
    assertThat(page.split("&lt;script&gt;&quot;&amp;", -1)).hasSize(11);
  }

  @Test
  void picturesAreInsideAndNothingIsFetched() {
    String page =
        HtmlPage.titled("t")
            .picture("one", ImageGrid.columns(1).add(Tensor.of(new double[][] {{1}}), "1"))
            .toString();
    assertThat(page)
        .contains("<img alt=\"one\" src=\"data:image/svg+xml;base64,")
        .doesNotContain("http", "href=", "url(");
  }

  @Test
  void elementsAreClosedInTheirOrder() {
    assertThat(HtmlPage.titled("t").table(List.of("a", "b"), List.of(List.of("1", "2"))).toString())
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .contains("<h1>t</h1>")
        .containsSubsequence(
            "<table>", "<th>a</th><th>b</th>", "</tr>", "<td>1</td><td>2</td>", "</table>")
        .endsWith("</body>\n</html>\n");
  }

  @Test
  void aPageIsNotChangedByALongerOne() {
    HtmlPage page = HtmlPage.titled("t");
    String before = page.toString();
    assertThat(page.paragraph("more").toString()).isNotEqualTo(before);
    assertThat(page.toString()).isEqualTo(before);
  }
}
