package dev.vertxmpi.launcher;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The import rules between the modules, as far as module descriptors cannot express them. The launcher holds this test
 * because it is the first module that sees all others.
 */
class ArchitectureTest {

  private static final String[] API = {
    "dev.vertxmpi", "dev.vertxmpi.datatype..", "dev.vertxmpi.memory..", "dev.vertxmpi.names..",
    "dev.vertxmpi.process..", "dev.vertxmpi.rma..", "dev.vertxmpi.io..", "dev.vertxmpi.topology..", "dev.vertxmpi.spi.."
  };
  private static final String[] MOVING_PARTS = {
    "io.vertx.core.internal..", "io.vertx.core.spi..", "io.vertx.core.impl..", "io.netty.."
  };

  /** What extends such a part of vertx-hazelcast, and so moves with that. */
  private static final String CLUSTER_MANAGER = "dev.vertxmpi.hazelcast.impl.OwningClusterManager";

  private static final JavaClasses OURS = new ClassFileImporter()
    .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
    .importPackages("dev.vertxmpi");

  static Stream<ArchRule> rules() {
    return Stream.of(
      noClasses().that().resideOutsideOfPackage("dev.vertxmpi.runtime.vertx..")
        .and().doNotHaveFullyQualifiedName(CLUSTER_MANAGER)
        .should().dependOnClassesThat().resideInAnyPackage(MOVING_PARTS)
        .because("Vert.x internals and Netty move between minor versions: one package has to follow them"),
      noClasses().that().resideInAPackage("dev.vertxmpi.runtime..")
        .should().dependOnClassesThat().resideInAnyPackage("com.hazelcast..", "jcuda..", "picocli..")
        .because("the runtime finds what is present through ServiceLoader"),
      noClasses().that().resideOutsideOfPackages("dev.vertxmpi.hazelcast..", "dev.vertxmpi.launcher..")
        .should().dependOnClassesThat().resideInAPackage("com.hazelcast..")
        .because("a job without Hazelcast has to run"),
      noClasses().that().resideOutsideOfPackage("dev.vertxmpi.gpu..")
        .should().dependOnClassesThat().resideInAPackage("jcuda..")
        .because("a machine without a GPU has to do"));
  }

  static Stream<ArchRule> apiRules() {
    return Stream.of(
      classes().that().resideInAnyPackage(API)
        .should().onlyDependOnClassesThat(
          resideInAnyPackage(allowedForTheApi()))
        .because("everything hangs off the API, so the API hangs off nothing but Vert.x"),
      noClasses().that().resideInAnyPackage(API)
        .should().dependOnClassesThat().resideInAnyPackage("com.hazelcast..", "io.netty..", "jcuda..")
        .because("a user who sees such a type in a signature is bound to it for ever"));
  }

  private static String[] allowedForTheApi() {
    return Stream.concat(Stream.of(API), Stream.of("java..", "javax.crypto..", "io.vertx.core.."))
        .toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource({"rules", "apiRules"})
  void shouldHoldEverywhere(ArchRule rule) {
    rule.allowEmptyShould(true).check(OURS);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldCatchAnOffender(ArchRule rule) {
    assertTrue(offends(rule, dev.vertxmpi.runtime.offence.Offender.class), rule::getDescription);
  }

  @ParameterizedTest
  @MethodSource("apiRules")
  void shouldCatchAnOffenderInTheApi(ArchRule rule) {
    assertTrue(offends(rule, dev.vertxmpi.rma.offence.Offender.class), rule::getDescription);
  }

  @Test
  void shouldReadTheClassFilesOfThisJdk() {
    assertFalse(OURS.isEmpty());
  }

  private static boolean offends(ArchRule rule, Class<?> offender) {
    return rule.evaluate(new ClassFileImporter().importClasses(offender)).hasViolation();
  }
}
