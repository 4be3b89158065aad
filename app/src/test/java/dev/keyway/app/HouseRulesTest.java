package dev.keyway.app;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** What the modules cannot keep by themselves. Ten rules at most; each says why. */
class HouseRulesTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.keyway");

  /** A room may still be empty; that its classes are seen at all is a test of its own. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(HOUSE);
  }

  @Test
  void house_isSeenWhole() {
    for (String room : new String[] {"core", "store", "server", "demo", "cli", "app"}) {
      assertThat(HOUSE.containPackage("dev.keyway." + room)).as(room).isTrue();
    }
  }

  @Test
  void core_dependsOnNothing() {
    check(
        classes()
            .that(resideInAPackage("dev.keyway.core.."))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    "dev.keyway.core..", "java..", "javax.crypto..", "org.jspecify.."))
            .because("a decision about a key must not change with a library or a database"));
  }

  @Test
  void core_hasNoClock() {
    check(
        noClasses()
            .that(resideInAPackage("dev.keyway.core.."))
            .should()
            .accessTargetWhere(
                target(owner(named(System.class)))
                    .and(target(nameMatching("currentTimeMillis|nanoTime"))))
            .orShould()
            .accessTargetWhere(
                target(
                        owner(
                            named(
                                Instant.class,
                                LocalDate.class,
                                LocalDateTime.class,
                                OffsetDateTime.class,
                                ZonedDateTime.class)))
                    .and(target(nameMatching("now"))))
            .orShould()
            .accessTargetWhere(
                target(owner(named(Clock.class))).and(target(nameMatching("system.*|tick.*"))))
            .because("time is passed in, so that every rule about time can be tested"));
  }

  @Test
  void core_touchesNoFileNorNetwork() {
    check(
        noClasses()
            .that(resideInAPackage("dev.keyway.core.."))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("java.nio.file..", "java.net.http..", "java.nio.channels..")
                    .or(named(java.io.File.class, java.net.Socket.class)))
            .because("core has no input or output of its own; ports bring both"));
  }

  @Test
  void server_neverSeesStore() {
    check(
        noClasses()
            .that(resideInAPackage("dev.keyway.server.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.keyway.store..", "dev.keyway.app.."))
            .because("the doors know the ports of core; only app names a database"));
  }

  @Test
  void vertx_staysAtTheDoors() {
    check(
        noClasses()
            .that(
                DescribedPredicate.not(
                    resideInAnyPackage(
                        "dev.keyway.server.http..",
                        "dev.keyway.server.door..",
                        "dev.keyway.server.gateway..",
                        "dev.keyway.server.authz..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx..", "io.netty.."))
            .because("handlers are plain blocking Java; callbacks stay where they pay"));
  }

  @Test
  void sql_staysInStore() {
    check(
        noClasses()
            .that(DescribedPredicate.not(resideInAPackage("dev.keyway.store..")))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    "java.sql..",
                    "javax.sql..",
                    "org.jdbi..",
                    "org.flywaydb..",
                    "com.zaxxer.hikari..",
                    "org.sqlite.."))
            .because("one room speaks SQL, so that a second database is one room's work"));
  }

  @Test
  void names_sayWhatThingsAre() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helpers?|Utils?|Impl|Service|DTO|Dto)(\\$.*)?")
            .because("such a name fits any class; the field has better words"));
  }

  @Test
  void standardOutput_isTheProgramsAlone() {
    check(
        noClasses()
            .that(
                DescribedPredicate.not(
                    resideInAnyPackage("dev.keyway.app..", "dev.keyway.bench..")))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .because("what is printed past the log cannot be kept free of secrets"));
  }

  private static DescribedPredicate<JavaClass> named(Class<?>... types) {
    return DescribedPredicate.describe(
        "one of the named types",
        found -> {
          for (Class<?> type : types) {
            if (found.isEquivalentTo(type)) {
              return true;
            }
          }
          return false;
        });
  }
}
