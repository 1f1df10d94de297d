package dev.autograd.kernel.scalar;

/**
 * The error function erf x = 2/√π ∫₀ˣ e^(-t²) dt and its complement, in double precision.
 *
 * <p>The rational approximations, their intervals and coefficients are those of fdlibm's {@code
 * s_erf.c} (Sun Microsystems, 1993), whose head derives them.
 */
final class ErrorFunction {

  /** Below, erf is x plus a correction; up to {@link #TAIL} it is a constant plus one. */
  private static final double CENTRE = 0.84375;

  /** From here on e^(x²) erfc x is approximated, so that nothing cancels. */
  static final double TAIL = 1.25;

  /** From here on the second approximation of the tail holds. */
  private static final double FAR_TAIL = 1 / 0.35;

  /** About erf 1, a number that single precision holds too. */
  private static final double ERF_OF_1 = 0.8450629115104675;

  /** 2/√π. */
  private static final double SLOPE_AT_0 = 1.1283791670955126;

  private ErrorFunction() {}

  /** Returns erf x. */
  static double erf(double x) {
    double magnitude = Math.abs(x);
    if (magnitude < CENTRE) {
      return x + x * correction(x * x);
    }
    if (magnitude < TAIL) {
      return Math.copySign(ERF_OF_1 + around1(magnitude - 1), x);
    }
    return Math.copySign(1 - tail(magnitude), x);
  }

  /** Returns erfc x = 1 - erf x, relatively accurate for large x. */
  static double erfc(double x) {
    double magnitude = Math.abs(x);
    if (magnitude < CENTRE) {
      double rest = x * correction(x * x);
      return x < 0.25 ? 1 - (x + rest) : 0.5 - (x - 0.5 + rest);
    }
    if (magnitude < TAIL) {
      double around1 = around1(magnitude - 1);
      return x < 0 ? 1 + (ERF_OF_1 + around1) : 1 - ERF_OF_1 - around1;
    }
    return x < 0 ? 2 - tail(magnitude) : tail(magnitude);
  }

  /** Returns 2/√π e^(-x²), the slope of erf. */
  static double slope(double x) {
    return SLOPE_AT_0 * expOfMinusSquare(x, 1);
  }

  private static double tail(double x) {
    return scaledTail(x) * expOfMinusSquare(x, 1);
  }

  /** Returns e^(-scale x²) to the last place, although x² rounds. */
  static double expOfMinusSquare(double x, double scale) {
    double square = x * x;
    double power = Math.exp(-scale * square);
    if (power == 0) {
      return 0;
    }
    double rest = Math.fma(x, x, -square);
    return power - power * scale * rest;
  }

  /** Returns erf(x)/x - 1 of s = x². */
  private static double correction(double s) {
    double p = -2.3763016656650163e-5;
    p = p * s - 0.005770270296489442;
    p = p * s - 0.02848174957559851;
    p = p * s - 0.3250421072470015;
    p = p * s + 0.12837916709551256;
    double q = -3.960228278775368e-6;
    q = q * s + 0.00013249473800432164;
    q = q * s + 0.005081306281875766;
    q = q * s + 0.0650222499887673;
    q = q * s + 0.39791722395915535;
    q = q * s + 1;
    return p / q;
  }

  /** Returns erf(1 + s) - {@link #ERF_OF_1}. */
  private static double around1(double s) {
    double p = -0.002166375594868791;
    p = p * s + 0.035478304325618236;
    p = p * s - 0.11089469428239668;
    p = p * s + 0.31834661990116175;
    p = p * s - 0.3722078760357013;
    p = p * s + 0.41485611868374833;
    p = p * s - 0.0023621185607526594;
    double q = 0.011984499846799107;
    q = q * s + 0.01363708391202905;
    q = q * s + 0.12617121980876164;
    q = q * s + 0.07182865441419627;
    q = q * s + 0.540397917702171;
    q = q * s + 0.10642088040084423;
    q = q * s + 1;
    return p / q;
  }

  /** Returns e^(x²) erfc x for x from {@link #TAIL} on. */
  static double scaledTail(double x) {
    double s = 1 / (x * x);
    return Math.exp((x < FAR_TAIL ? nearTail(s) : farTail(s)) - 0.5625) / x;
  }

  private static double nearTail(double s) {
    double p = -9.814329344169145;
    p = p * s - 81.2874355063066;
    p = p * s - 184.60509290671104;
    p = p * s - 162.39666946257347;
    p = p * s - 62.375332450326006;
    p = p * s - 10.558626225323291;
    p = p * s - 0.6938585727071818;
    p = p * s - 0.009864944034847148;
    double q = -0.0604244152148581;
    q = q * s + 6.570249770319282;
    q = q * s + 108.63500554177944;
    q = q * s + 429.00814002756783;
    q = q * s + 645.3872717332679;
    q = q * s + 434.56587747522923;
    q = q * s + 137.65775414351904;
    q = q * s + 19.651271667439257;
    q = q * s + 1;
    return p / q;
  }

  private static double farTail(double s) {
    double p = -483.5191916086514;
    p = p * s - 1025.0951316110772;
    p = p * s - 637.5664433683896;
    p = p * s - 160.63638485582192;
    p = p * s - 17.757954917754752;
    p = p * s - 0.799283237680523;
    p = p * s - 0.0098649429247001;
    double q = -22.44095244658582;
    q = q * s + 474.52854120695537;
    q = q * s + 2553.0504064331644;
    q = q * s + 3199.8582195085955;
    q = q * s + 1536.729586084437;
    q = q * s + 325.7925129965739;
    q = q * s + 30.33806074348246;
    q = q * s + 1;
    return p / q;
  }
}
