package dev.autograd.nn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses NN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.autograd.nn");

  private static final String JACKSON = "com.fasterxml.jackson.core..";
  private static final String FAST_CSV = "de.siegmar.fastcsv..";
  private static final String PROGRESS_BAR = "me.tongfei.progressbar..";

  @Test
  void usesTheCoreThroughItsExportedPackagesOnly() {
    classes()
        .that()
        .resideInAPackage("dev.autograd.nn..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.autograd",
            "dev.autograd.array",
            "dev.autograd.nn..",
            "java..",
            "org.jspecify.annotations",
            JACKSON,
            FAST_CSV,
            PROGRESS_BAR)
        .check(NN);
  }

  @Test
  void otherLibrariesStayBehindOneClassEach() {
    noClasses()
        .that()
        .haveNameNotMatching(".*[.]Json([$].*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(JACKSON)
        .check(NN);
    noClasses()
        .that()
        .haveNameNotMatching(".*[.]Csv(Reader|Writer)([$].*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(FAST_CSV)
        .check(NN);
    noClasses()
        .that()
        .haveNameNotMatching(".*[.]ProgressBarCallback([$].*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(PROGRESS_BAR)
        .check(NN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.autograd.nn.(*)..").should().beFreeOfCycles().check(NN);
    noClasses()
        .that()
        .resideInAPackage("dev.autograd.nn")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.autograd.nn.*..")
        .check(NN);
  }

  @Test
  void dataAndMetricsKnowNoModels() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.autograd.nn.data", "dev.autograd.nn.metrics")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.autograd.nn", "dev.autograd.nn.optim")
        .check(NN);
  }
}
