package dev.autograd.examples.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The formulas and the gradients against values that were computed by other software, from the
 * notes' own formulas.
 */
class NotesTest {

  private static Tensor of(int[] dims, double... values) {
    return Tensor.of(Shape.of(dims), values);
  }

  private static String letters(String name) {
    return name.replaceAll("^(grad_|d[JL][_/]d|d_|d)", "").toLowerCase(Locale.ROOT);
  }

  private static void assertHas(Map<String, double[]> golden, List<Equation> equations) {
    Map<String, double[]> byLetters = new TreeMap<>();
    golden.forEach((name, values) -> byLetters.put(letters(name), values));
    assertThat(equations).hasSizeGreaterThanOrEqualTo(golden.size() - 1);
    for (Equation equation : equations) {
      double[] expected = byLetters.get(letters(equation.name()));
      assertThat(expected).as(equation.name()).isNotNull();
      assertThat(equation.note().toDoubleArray())
          .as(equation.name())
          .containsExactly(expected, within(1e-14));
      assertThat(equation.gradient().toDoubleArray())
          .as(equation.name())
          .containsExactly(expected, within(1e-14));
      assertThat(equation.difference()).isLessThan(1e-14);
    }
  }

  @Test
  void firstNoteOfOneExample() {
    Map<String, double[]> golden = new TreeMap<>();
    golden.put("grad_z2", new double[] {-0.5240328410125599});
    golden.put(
        "grad_W2",
        new double[] {
          0.317251534825741, -0.3609362347423722, 0.2747509573882032, -0.005661954508186798
        });
    golden.put("grad_b2", new double[] {-0.5240328410125599});
    golden.put(
        "grad_z1",
        new double[] {
          0.0653976012448592, -0.04103937921522167, -0.060416920414346535, 0.22949958969694867
        });
    golden.put(
        "grad_W1",
        new double[] {
          0.02635523330167826,
          0.034072150248571645,
          0.05375682822327426,
          -0.016538869823734332,
          -0.02138151657113049,
          -0.033734369714912206,
          -0.024348018926981654,
          -0.03147721553587455,
          -0.04966270858059285,
          0.09248833464787032,
          0.11956928623211026,
          0.1886486627308918
        });
    golden.put(
        "grad_b1",
        new double[] {
          0.0653976012448592, -0.04103937921522167, -0.060416920414346535, 0.22949958969694867
        });
    assertHas(
        golden,
        new FirstNote(
                of(new int[] {3, 1}, 0.403, 0.521, 0.822).withGrad(),
                of(new int[] {1, 1}, 1.0),
                of(
                        new int[] {4, 3},
                        -0.873,
                        -0.437,
                        -0.679,
                        0.31,
                        0.401,
                        -0.493,
                        -0.08,
                        -0.955,
                        -0.239,
                        -0.49,
                        0.605,
                        0.685)
                    .withGrad(),
                of(new int[] {4, 1}, 0.436, 0.917, 0.144, -0.67).withGrad(),
                of(new int[] {1, 4}, -0.197, 0.149, 0.159, -0.438).withGrad(),
                of(new int[] {1, 1}, -0.23).withGrad())
            .equations());
  }

  @Test
  void firstNoteOfABatch() {
    Map<String, double[]> golden = new TreeMap<>();
    golden.put(
        "grad_Z2",
        new double[] {
          0.12476617058883681,
          -0.11079745207413645,
          0.11215029422738598,
          0.09456823124919633,
          0.09575691742408882
        });
    golden.put(
        "grad_W2",
        new double[] {
          0.03371859961095796, -0.043147071192833564, -0.2396644662840449, 0.02859501885898731
        });
    golden.put("grad_b2", new double[] {0.31644416141537146});
    golden.put(
        "grad_Z1",
        new double[] {
          -0.039548912748918565,
          0.035092966324830145,
          -0.022841130397058276,
          -0.017966428870245726,
          -0.029938274403794558,
          -0.08842127048493764,
          0.09391232250884637,
          -0.08579523609751977,
          -0.030952045478297347,
          -0.08332553197517932,
          -0.07919849033903181,
          0.05075665318513658,
          -0.008217622794456715,
          -0.04316013434415618,
          -0.037980271510381025,
          -0.08855180511258391,
          0.06185930093817477,
          -0.06112683422837241,
          -0.06488683762455591,
          -0.04898022715870011
        });
    golden.put(
        "grad_W1",
        new double[] {
          0.029539318104914492,
          -0.024593768107164706,
          -0.04704450776041316,
          0.0998272161442326,
          -0.033858848486217515,
          -0.13746140024509299,
          0.023354969831561326,
          -0.07195348772470007,
          -0.057760045434992385,
          0.05074041311954168,
          -0.05074694910810074,
          -0.12146302727110782
        });
    golden.put(
        "grad_b1",
        new double[] {
          -0.07520178009518698, -0.1945817615270877, -0.11779986580288915, -0.2016864031860376
        });
    assertHas(
        golden,
        new FirstNote(
                of(
                        new int[] {3, 5},
                        -0.562,
                        -0.275,
                        -0.672,
                        0.725,
                        -0.489,
                        0.965,
                        0.064,
                        -0.586,
                        0.048,
                        0.04,
                        0.455,
                        0.245,
                        0.975,
                        0.326,
                        0.318)
                    .withGrad(),
                of(new int[] {1, 5}, 0.0, 1.0, 0.0, 0.0, 0.0),
                of(
                        new int[] {4, 3},
                        -0.726,
                        -0.205,
                        0.458,
                        0.936,
                        -0.294,
                        -0.492,
                        0.081,
                        0.523,
                        -0.929,
                        -0.636,
                        -0.622,
                        -0.865)
                    .withGrad(),
                of(new int[] {4, 1}, -0.362, 0.569, -0.68, 0.58).withGrad(),
                of(new int[] {1, 4}, -0.318, -0.873, -0.936, -0.712).withGrad(),
                of(new int[] {1, 1}, -0.426).withGrad())
            .equations());
  }

  @Test
  void secondNote() {
    Map<String, double[]> golden = new TreeMap<>();
    golden.put(
        "d_alpha",
        new double[] {
          3.3738114717734287, 1.212714585959128, 6.5325953771006855, 3.629140164270501
        });
    golden.put("d_z8", new double[] {0.747, -0.147, 0.028, -0.601});
    golden.put("d_u8", new double[] {0.747, -0.147, 0.028, -0.601});
    golden.put(
        "d_W8",
        new double[] {
          2.86082937591736,
          3.156204513617681,
          2.0567739367538183,
          2.8512342580886605,
          -0.5629744555018098,
          -0.6211004866155275,
          -0.40474667831701644,
          -0.5610862596238729,
          0.10723322961939236,
          0.11830485459343383,
          0.07709460539371743,
          0.10687357326169009,
          -2.301684678616243,
          -2.5393292003804904,
          -1.654780637200863,
          -2.293964911795562
        });
    golden.put("d_z7", new double[] {-0.361796, 0.6459809999999999, -0.475583, 0.08107});
    golden.put("d_u7", new double[] {-0.361796, 0.6459809999999999, -0.475583, 0.08107});
    golden.put(
        "d_W7",
        new double[] {
          -0.3200772578511174,
          -0.9041520072076009,
          -0.6186388468247734,
          -0.7508197258785116,
          0.5714928498488724,
          1.614349019248342,
          1.1045698153398984,
          1.3405766712255713,
          -0.420743464606043,
          -1.18851320645837,
          -0.8132044541384267,
          -0.9869570080721738,
          0.07172180812941571,
          0.2025992637406721,
          0.1386224593751296,
          0.16824109491805034
        });
    golden.put(
        "d_z6",
        new double[] {0.7993773859999999, 0.24884629799999997, -0.06163065500000007, -0.424011978});
    golden.put(
        "d_u6",
        new double[] {0.7993773859999999, 0.24884629799999997, -0.06163065500000007, -0.424011978});
    golden.put(
        "d_W6",
        new double[] {
          1.493945922942616,
          0.2661345895947322,
          1.1651036192426867,
          1.9878234234633874,
          0.4650655858514157,
          0.0828477369391063,
          0.3626969282753067,
          0.6188097245054545,
          -0.11518072362073685,
          -0.02051853024883988,
          -0.08982753384619449,
          -0.15325785011935664,
          -0.7924304301146872,
          -0.14116518145821133,
          -0.6180033346227918,
          -1.054396779867679
        });
    golden.put(
        "d_z5",
        new double[] {
          -0.03583165893999994, -0.27682730819500007, 0.7022508867969998, -0.209370284541
        });
    golden.put(
        "d_u5",
        new double[] {
          -0.03583165893999994, -0.27682730819500007, 0.7022508867969998, -0.209370284541
        });
    golden.put(
        "d_W5",
        new double[] {
          -0.0856109822005216,
          -0.10826300652810605,
          -0.04559778877604161,
          -0.06348453548533312,
          -0.6614111223313764,
          -0.8364155487318715,
          -0.3522782226648367,
          -0.4904671899183566,
          1.6778566761463642,
          2.121804978914883,
          0.8936535050631277,
          1.2442089666326472,
          -0.5002390688405488,
          -0.6325985776993931,
          -0.26643538962196495,
          -0.37095059653181184
        });
    golden.put(
        "d_z4",
        new double[] {
          0.4204455563093349, -0.22569349833769986, -0.400898921473125, 0.29987406702707686
        });
    golden.put(
        "d_u4",
        new double[] {
          0.4204455563093349, -0.22569349833769986, -0.400898921473125, 0.29987406702707686
        });
    golden.put(
        "d_W4",
        new double[] {
          1.1690984327293692,
          0.0,
          0.39357817006639423,
          0.7703276445045362,
          -0.6275673775695346,
          0.0,
          -0.2112711925210149,
          -0.4135088083237014,
          -1.1147467103500432,
          0.0,
          -0.3752806077438864,
          -0.7345148907593408,
          0.8338351934432221,
          0.0,
          0.2807114614003681,
          0.5494202049099757
        });
    golden.put(
        "d_z3",
        new double[] {
          -0.04156735869283561, -0.3884720203870031, -0.4302166268297215, 0.47052153846047823
        });
    golden.put(
        "d_u3",
        new double[] {-0.04156735869283561, -0.0, -0.4302166268297215, 0.47052153846047823});
    golden.put(
        "d_W3",
        new double[] {
          -0.02460419676199983,
          -0.09263552148571257,
          -0.048367439094365056,
          0.0,
          0.0,
          0.0,
          0.0,
          0.0,
          -0.25465015987717154,
          -0.9587653108462825,
          -0.5005965533998725,
          0.0,
          0.278507099731497,
          1.0485873881868433,
          0.5474950194032077,
          0.0
        });
    golden.put(
        "d_z2",
        new double[] {
          0.48513308264789906, 0.013976164655450747, 0.02188476898426713, 0.5628048406689447
        });
    golden.put(
        "d_u2", new double[] {0.48513308264789906, 0.013976164655450747, 0.02188476898426713, 0.0});
    golden.put(
        "d_W2",
        new double[] {
          0.0,
          0.3924906137862083,
          0.8527601408153198,
          0.5040862619207871,
          0.0,
          0.011307234324351906,
          0.024567106565046144,
          0.014522185456209894,
          0.0,
          0.017705587844724525,
          0.038468740533778974,
          0.022739763138944474,
          0.0,
          0.0,
          0.0,
          0.0
        });
    golden.put(
        "d_z1",
        new double[] {
          -0.0971174320610281, -0.04464721931147069, 0.06974891291286928, 0.2476114622408165
        });
    golden.put(
        "d_u1", new double[] {-0.0, -0.04464721931147069, 0.06974891291286928, 0.2476114622408165});
    golden.put(
        "d_W1",
        new double[] {
          0.0,
          0.0,
          0.0,
          0.0,
          -0.0277259231924233,
          -0.037235780905766555,
          -0.028217042604849477,
          -0.02201107912055505,
          0.04331407491889182,
          0.058170593369332974,
          0.044081312960933386,
          0.03438621406604455,
          0.15376671805154704,
          0.20650795950884096,
          0.15649044413619603,
          0.12207245088472254
        });
    golden.put(
        "d_x",
        new double[] {
          0.05436212507354613, 0.19993005115038157, 0.2083534056103294, 0.0235043862782732
        });
    assertHas(
        golden,
        new SecondNote(
                of(new int[] {4, 1}, 0.621, 0.834, 0.632, 0.493).withGrad(),
                of(new int[] {4, 1}, 0.747, -0.147, 0.028, -0.601).withGrad(),
                List.of(
                    of(
                            new int[] {4, 4},
                            -0.235,
                            -0.391,
                            -0.271,
                            0.554,
                            -0.238,
                            0.662,
                            0.507,
                            0.171,
                            0.588,
                            0.617,
                            0.706,
                            0.876,
                            0.011,
                            0.753,
                            0.734,
                            -0.121)
                        .withGrad(),
                    of(
                            new int[] {4, 4},
                            -0.241,
                            -0.119,
                            0.119,
                            0.461,
                            0.842,
                            -0.03,
                            0.791,
                            0.83,
                            0.367,
                            0.617,
                            0.044,
                            0.565,
                            0.635,
                            0.128,
                            -0.202,
                            0.03)
                        .withGrad(),
                    of(
                            new int[] {4, 4},
                            0.607,
                            0.827,
                            0.497,
                            -0.099,
                            -0.387,
                            -0.125,
                            -0.351,
                            0.357,
                            -0.389,
                            0.149,
                            0.717,
                            -0.229,
                            0.729,
                            0.239,
                            0.746,
                            0.978)
                        .withGrad(),
                    of(
                            new int[] {4, 4},
                            0.239,
                            -0.121,
                            -0.015,
                            0.949,
                            0.815,
                            0.672,
                            0.797,
                            0.005,
                            0.09,
                            0.478,
                            0.501,
                            0.302,
                            0.26,
                            0.019,
                            -0.144,
                            0.646)
                        .withGrad(),
                    of(
                            new int[] {4, 4},
                            0.2,
                            0.503,
                            -0.168,
                            0.048,
                            0.261,
                            -0.245,
                            0.622,
                            -0.193,
                            0.648,
                            -0.296,
                            -0.215,
                            0.608,
                            -0.214,
                            0.323,
                            0.4,
                            0.854)
                        .withGrad(),
                    of(
                            new int[] {4, 4},
                            -0.21,
                            -0.082,
                            0.982,
                            -0.051,
                            -0.105,
                            0.405,
                            0.774,
                            0.576,
                            -0.124,
                            0.619,
                            0.725,
                            0.273,
                            -0.355,
                            0.646,
                            0.544,
                            0.696)
                        .withGrad(),
                    of(
                            new int[] {4, 4},
                            -0.38,
                            0.978,
                            0.28,
                            0.599,
                            0.872,
                            0.89,
                            0.588,
                            0.108,
                            -0.118,
                            0.048,
                            0.771,
                            0.684,
                            0.524,
                            0.624,
                            0.327,
                            0.595)
                        .withGrad(),
                    of(
                            new int[] {4, 4},
                            -0.273,
                            0.941,
                            -0.015,
                            0.127,
                            0.066,
                            -0.266,
                            0.639,
                            0.085,
                            0.096,
                            0.605,
                            0.185,
                            0.812,
                            0.251,
                            0.188,
                            0.625,
                            0.04)
                        .withGrad()))
            .equations());
  }

  @Test
  void thirdNote() {
    Map<String, double[]> golden = new TreeMap<>();
    golden.put("dJ_dy", new double[] {0.23178767340130924, -1.2053815187741928});
    golden.put("dJ_dz", new double[] {0.1444650728673687, -1.0980645570247953});
    golden.put(
        "dJ_dx", new double[] {0.09770119261882358, 0.8401411983374364, -0.3298884155087194});
    golden.put(
        "dJ_dW",
        new double[] {
          -0.09939197013274965,
          -0.0026003713116126365,
          0.13420805269378552,
          0.7554684152330591,
          0.019765162026446313,
          -1.0201019734760348
        });
    golden.put("dJ_db", new double[] {0.1444650728673687, -1.0980645570247953});
    assertHas(
        golden,
        new ThirdNote(
                of(new int[] {3, 1}, -0.688, -0.018, 0.929).withGrad(),
                of(new int[] {2, 3}, -0.137, -0.364, 0.392, -0.107, -0.813, 0.352).withGrad(),
                of(new int[] {2, 1}, 0.25, -0.723).withGrad(),
                of(new int[] {2, 1}, 0.382, 0.907))
            .equations());
  }

  @Test
  void thirdNoteWithTiedLayers() {
    Map<String, double[]> golden = new TreeMap<>();
    golden.put(
        "dJ_dW",
        new double[] {
          -0.15668924293579198, -0.2839318796602954, 0.6357711406827335, 0.5452115298859592
        });
    golden.put("dJ_db", new double[] {0.5590313536094851, 0.714292477097777});
    golden.put("dJ_dx", new double[] {0.1408750110008486, 0.07104191107268339});
    golden.put("dJ_dz1", new double[] {0.34055798150324057, 0.33632318858873544});
    golden.put("dJ_dz2", new double[] {0.2184733721062445, 0.3779692885090416});
    assertHas(
        golden,
        new TiedLayers(
                of(new int[] {2, 1}, -0.117, -0.335).withGrad(),
                of(new int[] {2, 2}, -0.487, -0.617, 0.912, 0.836).withGrad(),
                of(new int[] {2, 1}, 0.058, 0.939).withGrad(),
                of(new int[] {2, 1}, -0.129, -0.917))
            .equations());
  }

  @Test
  void fourthNote() {
    Map<String, double[]> golden = new TreeMap<>();
    golden.put("dA2", new double[] {-2.2662839649764894, 1.8207562631555663, -2.161321438558365});
    golden.put("dZ2", new double[] {-0.5587490290474812, 0.4507776684689842, -0.5373200940129407});
    golden.put("dW2", new double[] {-0.03831952834941071, -0.048300598240154584});
    golden.put("db2", new double[] {-0.21509715153047923});
    golden.put(
        "dA1",
        new double[] {
          -0.3827430848975247,
          0.40062305382704405,
          0.3087827029012542,
          -0.32320758829226165,
          -0.3680642643988644,
          0.38525850740727846
        });
    golden.put(
        "dZ1",
        new double[] {
          -0.28636657055346126,
          0.25798972213075155,
          0.30588951594234565,
          -0.3153443968166715,
          -0.3491551723540455,
          0.3666207230184748
        });
    golden.put(
        "dW1",
        new double[] {
          0.060475698509738836, -0.010424558416288246, -0.07129706757822513, 0.006086041486216346
        });
    golden.put("db1", new double[] {-0.10987740898838703, 0.1030886827775183});
    assertHas(
        golden,
        new FourthNote(
                of(new int[] {3, 2}, 0.571, 0.289, 0.17, -0.383, -0.839, -0.483).withGrad(),
                of(new int[] {3, 1}, 1.0, 0.0, 1.0),
                of(new int[] {2, 2}, 0.274, 0.513, 0.318, 0.6).withGrad(),
                of(new int[] {1, 2}, 0.247, 0.333).withGrad(),
                of(new int[] {1, 2}, 0.685, -0.717).withGrad(),
                of(new int[] {1, 1}, -0.152).withGrad())
            .equations());
  }

  @Test
  void fifthNoteOfOneNeuron() {
    Map<String, double[]> golden = new TreeMap<>();
    golden.put("dL_dw", new double[] {-0.28722125840582946});
    golden.put("dL_dz", new double[] {-0.5744425168116589});
    golden.put("dL_da", new double[] {-2.349858807576003});
    golden.put("dL_db", new double[] {-0.5744425168116589});
    assertHas(
        golden,
        new FifthNoteNeuron(
                Tensor.scalar(0.5).withGrad(),
                Tensor.scalar(-1.2).withGrad(),
                Tensor.scalar(0.3).withGrad(),
                Tensor.scalar(1.0))
            .equations());
  }

  @Test
  void fifthNote() {
    Map<String, double[]> golden = new TreeMap<>();
    golden.put("delta2", new double[] {-0.48446519134017096});
    golden.put("dL_dW2", new double[] {-0.2129917301163668, -0.9146780326933042});
    golden.put("dL_db2", new double[] {-0.48446519134017096});
    golden.put("dL_da1", new double[] {0.07218531350968548, -0.062011544491541885});
    golden.put("delta1", new double[] {0.07218531350968548, -0.062011544491541885});
    golden.put(
        "dL_dW1",
        new double[] {
          -0.056809841732122474,
          0.05991381021303894,
          -0.02555360098242866,
          0.04880308551484346,
          -0.05146958192797976,
          0.021952086750005827
        });
    golden.put("dL_db1", new double[] {0.07218531350968548, -0.062011544491541885});
    golden.put("dL_dyhat", new double[] {-1.939733230816313});
    assertHas(
        golden,
        new FifthNote(
                of(new int[] {3, 1}, -0.787, 0.83, -0.354).withGrad(),
                of(new int[] {1, 1}, 1.0),
                of(new int[] {2, 3}, -0.527, -0.153, -0.446, -0.474, 0.957, 0.758).withGrad(),
                of(new int[] {2, 1}, -0.006, 0.989).withGrad(),
                of(new int[] {1, 2}, -0.149, 0.128).withGrad(),
                of(new int[] {1, 1}, -0.114).withGrad())
            .equations());
  }

  @Test
  void aWrongFormulaIsFarFromTheGradient() {
    Tensor x = Tensor.of(1, 2);
    assertThat(new Equation("dx", "2 x", x.mul(2), x.mul(3)).difference()).isEqualTo(2);
    assertThatThrownBy(() -> new Equation("dx", "x", x, x.sum()))
        .hasMessage("dx: the formula is [2] and the gradient []");
  }

  @Test
  void theSeedDecidesTheNumbers() {
    double one = Note.all(1).get(0).equations().get(0).note().item();
    assertThat(Note.all(1).get(0).equations().get(0).note().item()).isEqualTo(one);
    assertThat(Note.all(2).get(0).equations().get(0).note().item()).isNotEqualTo(one);
  }
}
