package dev.autograd;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.autograd.kernel.Backend;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Movement;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which package may use which, and what no class here uses at all. */
class ArchitectureTest {

  private static final String ROOT = "dev.autograd";
  private static final String ARRAY = "dev.autograd.array";
  private static final String CHECK = "dev.autograd.check";
  private static final String KERNEL = "dev.autograd.kernel";
  private static final String IMPLEMENTATIONS = "dev.autograd.kernel.*";
  private static final String LOGGING = "org.slf4j..";

  /** The language, and annotations without code. */
  private static final String[] EVERYWHERE = {"java..", "org.jspecify.annotations"};

  private static JavaClasses production = new ClassFileImporter().importClasses();

  @BeforeAll
  static void readClasses() throws URISyntaxException {
    Path location =
        Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    production = new ClassFileImporter().importPath(location);
  }

  @Test
  void allPackagesAreSeen() {
    Set<String> packages =
        production.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

    assertThat(production).hasSizeGreaterThan(90);
    assertThat(packages)
        .contains(
            ROOT,
            ARRAY,
            CHECK,
            KERNEL,
            KERNEL + ".parallel",
            KERNEL + ".scalar",
            KERNEL + ".vector")
        .allMatch(name -> name.equals(ROOT) || name.startsWith(ROOT + "."));
    assertThat(production.contain("dev.autograd.kernel.vector.F32Tile")).isTrue();
    assertThat(production.contain("dev.autograd.kernel.scalar.F32Binary"))
        .as("the derived kernels are seen too")
        .isTrue();
  }

  @Test
  void arraysUseNothing() {
    packageUsesOnly(ARRAY);
  }

  @Test
  void kernelsUseArrays() {
    packageUsesOnly(KERNEL, ARRAY, LOGGING);
  }

  @Test
  void kernelImplementationsUseTheirVocabulary() {
    packageUsesOnly(KERNEL + ".scalar", KERNEL, ARRAY);
    packageUsesOnly(KERNEL + ".parallel", KERNEL, ARRAY);
    packageUsesOnly(KERNEL + ".vector", KERNEL, ARRAY, "jdk.incubator.vector");
  }

  @Test
  void differentiationUsesKernelsAndArrays() {
    packageUsesOnly(ROOT, KERNEL, ARRAY);
  }

  @Test
  void theCheckUsesWhatUsersSee() {
    packageUsesOnly(CHECK, ROOT, ARRAY);
  }

  private static void packageUsesOnly(String name, String... others) {
    String[] allowed =
        Stream.of(Stream.of(name), Stream.of(others), Stream.of(EVERYWHERE))
            .flatMap(packages -> packages)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(name)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(isArrayOfPrimitives()))
        .check(production);
  }

  private static DescribedPredicate<JavaClass> isArrayOfPrimitives() {
    return DescribedPredicate.describe(
        "arrays of primitives", type -> type.getBaseComponentType().isPrimitive());
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.autograd.(*)..").should().beFreeOfCycles().check(production);
    noClasses()
        .that(resideInAPackage(ROOT + ".*.."))
        .and(not(resideInAPackage(CHECK)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(production);
  }

  @Test
  void noSourceIsLongerThan500Lines() throws IOException {
    Path sources = Path.of(".", "src");
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(500);
      }
    }
  }

  @Test
  void nothingIsPrinted() {
    noClasses().should().accessField(System.class, "out").check(production);
    noClasses().should().accessField(System.class, "err").check(production);
    noClasses().should().callMethod(Throwable.class, "printStackTrace").check(production);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging")
        .check(production);
  }

  @Test
  void nothingIsSerializedByJava() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectOutputStream")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .check(production);
    noClasses()
        .should()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(production);
  }

  /** What another back end may build upon is what the vocabulary knows, and nothing beside it. */
  @Test
  void implementationsHideBehindTheirVocabulary() {
    classes()
        .that()
        .resideInAPackage(IMPLEMENTATIONS)
        .and()
        .arePublic()
        .should()
        .beAssignableTo(Backend.class)
        .orShould()
        .beAssignableTo(Kernels.class)
        .orShould()
        .beAssignableTo(Movement.class)
        .check(production);
  }

  @Test
  void exportedSignaturesShowExportedTypesOnly() {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(ROOT, ARRAY, CHECK)
        .and()
        .arePublic()
        .should(new ShowOnlyExportedTypes())
        .check(production);
  }

  private static final class ShowOnlyExportedTypes extends ArchCondition<JavaMethod> {
    ShowOnlyExportedTypes() {
      super("show only public types of exported packages");
    }

    @Override
    public void check(JavaMethod method, ConditionEvents events) {
      Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
          .map(JavaClass::getBaseComponentType)
          .filter(type -> type.getPackageName().startsWith(ROOT))
          .forEach(
              type ->
                  events.add(
                      new SimpleConditionEvent(
                          method,
                          isExported(type),
                          method.getFullName() + " shows " + type.getName())));
    }

    private static boolean isExported(JavaClass type) {
      return !type.getPackageName().startsWith(KERNEL)
          && type.getModifiers().contains(JavaModifier.PUBLIC);
    }
  }
}
