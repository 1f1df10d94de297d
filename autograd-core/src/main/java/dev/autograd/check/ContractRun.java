package dev.autograd.check;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import dev.autograd.check.Finding.Verdict;
import dev.autograd.check.Sample.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The check of a contract: clause by clause, first at ordinary samples; then everything that holds
 * there at those with special shapes.
 */
final class ContractRun {

  /** What a clause demands of one sample, and which samples it says something about. */
  private record Rule(Consumer<Sample> check, Predicate<Sample> applies, String otherwise) {

    static Rule of(Consumer<Sample> check) {
      return new Rule(check, sample -> true, "");
    }
  }

  private final Terms terms;
  private final Map<Clause, Rule> rules = new EnumMap<>(Clause.class);
  private final Map<Kind, List<Sample>> samples = new EnumMap<>(Kind.class);
  private final Set<Clause> unjudged = EnumSet.noneOf(Clause.class);
  private final List<Clause> holding = new ArrayList<>();

  ContractRun(Terms terms) {
    this.terms = terms;
    for (Kind kind : Kind.values()) {
      samples.put(kind, new ArrayList<>());
    }
    for (Sample sample : terms.samples()) {
      ofKind(sample.kind(terms.broadcasts)).add(sample);
    }
    makeRules();
  }

  private void makeRules() {
    Op op = terms.op();
    ValueClauses values = new ValueClauses(op, terms.reference, terms.tolerance);
    rules.put(Clause.RUNS, Rule.of(values::runs));
    rules.put(Clause.DETERMINISM, Rule.of(values::determinism));
    rules.put(Clause.VALUE, Rule.of(values::value));
    rules.put(Clause.TRACKING, Rule.of(values::tracking));
    GradientClauses gradients = new GradientClauses(op);
    rules.put(Clause.GRADIENT_FORM, Rule.of(gradients::form));
    rules.put(Clause.INDEPENDENT_CALLS, Rule.of(gradients::independentCalls));
    rules.put(Clause.INPUTS_UNTOUCHED, Rule.of(gradients::inputsUntouched));
    rules.put(Clause.LINEAR_IN_SEED, Rule.of(gradients::linearInSeed));
    rules.put(Clause.ZERO_SEED, Rule.of(gradients::zeroSeed));
    DifferenceClauses differences = new DifferenceClauses(op, terms.gradientTolerance);
    rules.put(Clause.FIRST_ORDER, Rule.of(differences::firstOrder));
    rules.put(Clause.SEED_HONOURED, Rule.of(differences::seedHonoured));
    rules.put(Clause.SECOND_ORDER, Rule.of(differences::secondOrder));
    OperandClauses operands = new OperandClauses(op, terms.singleTolerance);
    rules.put(
        Clause.CONSTANT_OPERANDS,
        new Rule(
            operands::constantOperands, OperandClauses::hasSeveral, "there is only one operand"));
    rules.put(
        Clause.SHARED_OPERAND,
        new Rule(
            operands::sharedOperand,
            OperandClauses::hasTwins,
            "no sample has two operands of one shape"));
    rules.put(Clause.SINGLE_PRECISION, Rule.of(operands::singlePrecision));
    rules.put(Clause.BROADCASTING, new Rule(operands::broadcasting, Sample::differsInShape, ""));
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (Clause clause : Clause.values()) {
      Finding finding = judged(clause);
      if (finding.verdict() == Verdict.FAILED) {
        unjudged.add(clause);
      } else if (finding.verdict() == Verdict.PASSED) {
        holding.add(clause);
      }
      findings.add(finding);
    }
    return findings;
  }

  private Finding judged(Clause clause) {
    String reason = terms.leftOut.get(clause);
    if (reason != null) {
      return Finding.leftOut(clause, reason);
    }
    for (Clause foundation : clause.foundations()) {
      if (unjudged.contains(foundation)) {
        unjudged.add(clause);
        return Finding.leftOut(clause, "it rests on '" + foundation + "', which does not hold");
      }
    }
    return switch (clause) {
      case BROADCASTING -> broadcasting();
      case SCALARS -> shapes(clause, Kind.SCALAR, "0-d operand");
      case SIZE_ONE_AXES -> shapes(clause, Kind.SIZE_ONE, "axis of size 1");
      case EMPTY_SHAPES -> shapes(clause, Kind.EMPTY, "operand without elements");
      case REFUSALS -> refusals();
      default -> everywhere(clause, ordinary(clause));
    };
  }

  /** Returns the samples a clause is judged at before shapes are looked at. */
  private List<Sample> ordinary(Clause clause) {
    List<Sample> ordinary = new ArrayList<>(ofKind(Kind.ORDINARY));
    for (Kind next : new Kind[] {Kind.SIZE_ONE, Kind.BROADCAST, Kind.SCALAR, Kind.EMPTY}) {
      if (ordinary.isEmpty()) {
        ordinary.addAll(ofKind(next));
      }
    }
    if (clause == Clause.ZERO_SEED && terms.elementwise) {
      ordinary.add(terms.sampling.edges(terms.operands));
    }
    return ordinary;
  }

  private List<Sample> ofKind(Kind kind) {
    return samples.getOrDefault(kind, List.of());
  }

  private Finding everywhere(Clause clause, List<Sample> candidates) {
    Rule rule = Objects.requireNonNull(rules.get(clause));
    List<Sample> applicable = candidates.stream().filter(rule.applies()).toList();
    if (applicable.isEmpty()) {
      return Finding.leftOut(clause, rule.otherwise());
    }
    try {
      applicable.forEach(sample -> check(rule, sample));
    } catch (Broken broken) {
      return Finding.failed(clause, broken.what());
    }
    return Finding.passed(clause, count(applicable.size()));
  }

  private static String count(int samples) {
    return samples == 1 ? "1 sample" : samples + " samples";
  }

  private static void check(Rule rule, Sample sample) {
    try {
      rule.check().accept(sample);
    } catch (Broken broken) {
      throw new Broken("at " + sample + ": " + broken.what());
    } catch (RuntimeException thrown) {
      throw new Broken("at " + sample + " it threw " + thrown);
    }
  }

  /** Returns whether everything that holds at ordinary samples holds at those of a kind. */
  private Finding shapes(Clause clause, Kind kind, String missing) {
    List<Sample> special = ofKind(kind);
    if (special.isEmpty()) {
      return Finding.failed(
          clause,
          "no sample has an "
              .concat(missing)
              .concat("; add one with shapes(...) or sample(...), or say why there is none with")
              .concat(" without(Clause." + clause.name() + ", reason)"));
    }
    for (Clause known : holding) {
      Rule rule = rules.get(known);
      if (rule != null) {
        Finding finding = everywhere(known, special);
        if (finding.verdict() == Verdict.FAILED) {
          String what = known == clause ? "" : known + " ";
          return Finding.failed(clause, what + finding.text());
        }
      }
    }
    return Finding.passed(clause, count(special.size()));
  }

  private Finding broadcasting() {
    if (!terms.broadcasts) {
      return Finding.leftOut(
          Clause.BROADCASTING,
          terms.operands == 1 ? "there is only one operand" : "broadcasts() was not said");
    }
    // First, for what repeats operands wrongly does other things wrongly there, too.
    holding.add(0, Clause.BROADCASTING);
    Finding finding = shapes(Clause.BROADCASTING, Kind.BROADCAST, "operand of another shape");
    holding.remove(Clause.BROADCASTING);
    return finding;
  }

  private Finding refusals() {
    List<List<Tensor>> refused = new ArrayList<>(terms.refused);
    if (terms.elementwise && terms.operands == 2) {
      refused.add(List.of(zeros(2, 3), zeros(4)));
    }
    if (refused.isEmpty()) {
      return Finding.leftOut(Clause.REFUSALS, "nothing was named with refuses(...)");
    }
    try {
      new Refusals(terms.op(), refused).check();
    } catch (Broken broken) {
      return Finding.failed(Clause.REFUSALS, broken.what());
    }
    return Finding.passed(
        Clause.REFUSALS, refused.size() == 1 ? "1 call" : refused.size() + " calls");
  }

  private static Tensor zeros(int... dims) {
    return Tensor.wrap(Shape.of(dims), new double[Shape.of(dims).size()]);
  }
}
