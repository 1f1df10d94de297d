package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs in DOT and as Mermaid flowcharts. */
class DrawingTest {

  /** All that can end a label early or mean something in one. */
  private static final String AWKWARD =
      "\"q\" \\n {b|c} <i> & &lt; #35; `d` %%{init}%% $$e$$ fa:fa-car ; --> \r end";

  private static Tensor leaf(double... values) {
    return Tensor.of(values).withGrad();
  }

  private static Tensor labelled(String label) {
    return leaf(1, 2).named(label);
  }

  private static Tensor small() {
    Parameter w = Parameter.of("W", Tensor.ones(DType.F64, 2));
    return leaf(1, 2).named("x").sub(w).mul(0.5).sum(0).named("loss");
  }

  /** Returns x + x + …, of so many operations with two edges each. */
  private static Tensor chain(int operations, String label) {
    Tensor x = leaf(1).named(label);
    Tensor y = x;
    for (int i = 0; i < operations; i++) {
      y = y.add(x).named(label);
    }
    return y;
  }

  private static long count(String text, String part) {
    return Pattern.compile(part, Pattern.LITERAL).matcher(text).results().count();
  }

  @Nested
  class Dot {

    @Test
    void drawsEveryNodeAndEdge() {
      assertThat(small().toDot())
          .isEqualTo(
              """
              digraph autograd {
                rankdir="TB";
                ordering="in";
                node [fontname="Helvetica", fontsize="11"];
                "n0" [label="leaf \\"x\\"\\nF64[2]", shape="ellipse", style="filled", fillcolor="#d5e8d4"];
                "n1" [label="parameter \\"W\\"\\nF64[2]", shape="cylinder", style="filled", fillcolor="#dae8fc"];
                "n2" [label="sub\\nF64[2]", shape="box", style="filled", fillcolor="#ffffff"];
                "n0" -> "n2";
                "n1" -> "n2";
                "n3" [label="constant\\nvalue=0.5\\nF64[]", shape="plaintext", style="filled", fillcolor="#eeeeee"];
                "n4" [label="mul\\nF64[2]", shape="box", style="filled", fillcolor="#ffffff"];
                "n2" -> "n4";
                "n3" -> "n4";
                "n5" [label="sum \\"loss\\"\\naxes=[0]\\nF64[]", shape="box", style="filled", fillcolor="#ffffff"];
                "n4" -> "n5";
              }
              """);
    }

    @Test
    void escapesLabels() {
      assertThat(labelled(AWKWARD).toDot())
          .contains(
              "[label=\"leaf \\\"\\\"q\\\" \\\\n &#123;b&#124;c&#125; &#60;i&#62; &#38; &#38;lt; #35;"
                  + " `d` %%&#123;init&#125;%% $$e$$ fa:fa-car ; --&#62;   end\\\"\\nF64[2]\", ");
    }

    @Test
    void keepsLineBreaksInLabels() {
      assertThat(labelled("a\nb").toDot()).contains("leaf \\\"a\\nb\\\"\\nF64[2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "\"", "\\\"", "a\\", "\\\\\"", "\n", "end", "node", "ümläut 数"})
    void hasOnlyWellFormedQuotedStrings(String label) {
      String quoted = "\"(?:[^\"\\\\\n]|\\\\.)*\"";
      String attribute = "[a-z]+=" + quoted;
      String statement =
          "  (?:"
              + attribute
              + "|node \\[.*]"
              + ("|" + quoted + " -> " + quoted)
              + ("|" + quoted + " \\[" + attribute + "(?:, " + attribute + ")*]")
              + ");";
      assertThat(labelled(label).neg().named(label).toDot().lines().filter(l -> l.startsWith(" ")))
          .hasSizeGreaterThan(3)
          .allMatch(line -> line.matches(statement));
    }

    @Test
    void drawsAnOperandUsedTwiceTwice() {
      Tensor x = leaf(1);
      assertThat(count(x.mul(x).toDot(), "\"n0\" -> \"n1\";")).isEqualTo(2);
    }

    @Test
    void drawsOperandsThatAreNotListedBesideThem() {
      Tensor a = leaf(1).exp().named("a");
      Tensor y = a.mul(a);
      assertThat(Drawing.dot(List.of(y.vertex())))
          .contains("\"e0\" [label=\"exp \\\"a\\\"\\nF64[1]\", shape=\"box\", style=\"dashed\"")
          .containsOnlyOnce("\"e0\" [")
          .contains("  \"e0\" -> \"n0\";\n  \"e0\" -> \"n0\";\n");
    }

    @Test
    void numbersThem() {
      Tensor a = leaf(1).exp();
      Tensor y = a.mul(a.sin());
      assertThat(Drawing.dot(List.of(y.vertex())))
          .contains("  \"e0\" -> \"n0\";\n", "  \"e1\" -> \"n0\";\n");
    }

    @Test
    void isNotCut() {
      String drawing = chain(2000, "").toDot();
      assertThat(count(drawing, "->")).isEqualTo(4000);
      assertThat(drawing).doesNotContain("left out");
    }

    @Test
    void isTheSameForTheSameProgram() {
      assertThat(small().toDot()).isEqualTo(small().toDot());
    }

    @Test
    void ofNothingIsAnEmptyGraph() {
      assertThat(Tensor.scalar(1).toDot()).startsWith("digraph autograd {\n").endsWith("}\n");
    }

    @Test
    void tellsACustomOperationNamedLeafFromALeaf() {
      Tensor x = leaf(1);
      assertThat(Tensor.custom("leaf", x.detach(), x, g -> g).toDot())
          .contains("\"n1\" [label=\"leaf\\nF64[1]\", shape=\"box\"");
    }
  }

  @Nested
  class Mermaid {

    @Test
    void drawsEveryNodeAndEdge() {
      assertThat(small().toMermaid())
          .isEqualTo(
              """
              flowchart TD
                n0(["leaf #quot;x#quot;<br/>F64[2]"]):::leaf
                n1[("parameter #quot;W#quot;<br/>F64[2]")]:::parameter
                n2["sub<br/>F64[2]"]:::operation
                n0 --> n2
                n1 --> n2
                n3["constant<br/>value=0.5<br/>F64[]"]:::constant
                n4["mul<br/>F64[2]"]:::operation
                n2 --> n4
                n3 --> n4
                n5["sum #quot;loss#quot;<br/>axes=[0]<br/>F64[]"]:::operation
                n4 --> n5
                classDef leaf fill:#d5e8d4,stroke:#666666,color:#000000
                classDef parameter fill:#dae8fc,stroke:#666666,color:#000000
                classDef constant fill:#eeeeee,stroke:#666666,color:#000000
                classDef operation fill:#ffffff,stroke:#666666,color:#000000
                classDef external fill:#ffffff,stroke:#666666,color:#000000,stroke-dasharray:4 3
                classDef note fill:#fff2cc,stroke:#666666,color:#000000
              """);
    }

    @Test
    void escapesLabels() {
      assertThat(labelled(AWKWARD).toMermaid())
          .contains(
              "n0([\"leaf #quot;#quot;q#quot; #92;n #123;b#124;c#125; #60;i#62; #38; #38;lt#59;"
                  + " #35;35#59; #96;d#96; #37;#37;#123;init#125;#37;#37; #36;#36;e#36;#36;"
                  + " fa#58;fa#45;car #59; #45;#45;#62;   end#quot;<br/>F64[2]\"]):::leaf\n");
    }

    @Test
    void keepsLineBreaksInLabels() {
      assertThat(labelled("a\n- b").toMermaid()).contains("#quot;a<br/>#45; b#quot;<br/>");
    }

    @Test
    void lettersOfOtherAlphabetsStay() {
      assertThat(labelled("数 ümläut").toMermaid()).contains("#quot;数 ümläut#quot;");
    }

    @Test
    void escapesWhatMarkdownWouldTakeForAList() {
      Tensor x = leaf(1);
      Tensor y = Tensor.custom("1. first", x.detach(), x, g -> g);
      assertThat(Tensor.custom("- second", x.detach(), y, g -> g).toMermaid())
          .contains("n1[\"#49;. first<br/>")
          .contains("n2[\"#45; second<br/>");
    }

    @Test
    void drawsOperandsThatAreNotListedBesideThem() {
      Tensor a = leaf(1).exp();
      Tensor y = a.mul(a);
      assertThat(Drawing.mermaid(List.of(y.vertex())))
          .containsOnlyOnce("e0[\"exp<br/>F64[1]\"]:::external\n")
          .contains("  e0 --> n0\n  e0 --> n0\n");
    }

    @Test
    void ofFiveHundredEdgesIsWhole() {
      String drawing = chain(250, "").toMermaid();
      assertThat(count(drawing, "-->")).isEqualTo(500);
      assertThat(drawing).doesNotContain("left out");
    }

    @Test
    void ofOneEdgeMoreIsCut() {
      String drawing = chain(250, "").neg().toMermaid();
      assertThat(count(drawing, "-->")).isEqualTo(500);
      assertThat(drawing).contains("left out#58; 1 more node<br/>");
    }

    @Test
    void ofMoreEdgesIsCutAndSaysHowManyNodesAreMissing() {
      String drawing = chain(300, "").toMermaid();
      assertThat(count(drawing, "-->")).isEqualTo(500);
      assertThat(drawing).contains("left out#58; 50 more nodes").contains("toDot()");
      assertThat(count(drawing, ":::operation")).isEqualTo(250);
    }

    @Test
    void hasRoomForTheNoteThatSaysSo() {
      for (int length = 200; length < 260; length++) {
        String drawing = chain(240, "n".repeat(length)).toMermaid();
        assertThat(drawing).hasSizeBetween(49_000, 50_000).contains("left out");
      }
    }

    @Test
    void ofMoreThanFiftyThousandCharactersIsCut() {
      int operations = 200;
      String drawing = chain(operations, "n".repeat(1000)).toMermaid();
      assertThat(drawing).hasSizeBetween(48_000, 50_000);
      long left = operations - count(drawing, ":::operation");
      assertThat(drawing).contains("left out#58; " + left + " more nodes");
    }

    @Test
    void isTheSameForTheSameProgram() {
      assertThat(small().toMermaid()).isEqualTo(small().toMermaid());
    }
  }
}
