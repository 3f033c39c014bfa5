package dev.troupe.runtime;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** Holds the layers of the design over the whole project. */
@AnalyzeClasses(packages = "dev.troupe", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String MODELS = "dev.troupe.models..";
    private static final String CALL = "dev.troupe.models.call..";
    private static final String TOOLS = "dev.troupe.tools..";
    private static final String KNOWLEDGE = "dev.troupe.knowledge..";
    private static final String PLANNER = "dev.troupe.planner..";
    private static final String AGENTS = "dev.troupe.agents..";
    private static final String RUNTIME = "dev.troupe.runtime..";

    @ArchTest
    static final ArchRule MODELS_KNOW_NOTHING_OF_OURS = noClasses()
            .that()
            .resideInAPackage(MODELS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TOOLS, KNOWLEDGE, PLANNER, AGENTS, RUNTIME);

    @ArchTest
    static final ArchRule TOOLS_KNOW_ONLY_THE_CALL_CONTEXT = noClasses()
            .that()
            .resideInAPackage(TOOLS)
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.troupe..")
                    .and(resideInAnyPackage(TOOLS, CALL).negate()));

    @ArchTest
    static final ArchRule KNOWLEDGE_KNOWS_ONLY_MODELS = noClasses()
            .that()
            .resideInAPackage(KNOWLEDGE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TOOLS, PLANNER, AGENTS, RUNTIME);

    @ArchTest
    static final ArchRule PLANNER_KNOWS_NO_AGENTS = noClasses()
            .that()
            .resideInAPackage(PLANNER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AGENTS, RUNTIME);

    @ArchTest
    static final ArchRule AGENTS_DO_NOT_KNOW_WHO_RUNS_THEM = noClasses()
            .that()
            .resideInAPackage(AGENTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RUNTIME);

    @ArchTest
    static final ArchRule NO_ACTOR_BELOW_AGENTS = noClasses()
            .that()
            .resideInAnyPackage(MODELS, TOOLS, KNOWLEDGE, PLANNER)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.pekko..");

    @ArchTest
    static final ArchRule PLANNER_DECIDES_AND_NEVER_ACTS = noClasses()
            .that()
            .resideInAPackage(PLANNER)
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.util.concurrent..")
                            .or(equivalentTo(Thread.class)));

    @ArchTest
    static final ArchRule NO_CYCLES_BETWEEN_PACKAGES =
            slices().matching("dev.troupe.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule MESSAGES_ARE_RECORDS_OR_ENUMS = classes()
            .that()
            .resideInAPackage(AGENTS)
            .and()
            .areNotInterfaces()
            .and(isAMessage())
            .should(beARecordOrAnEnum());

    @ArchTest
    static final ArchRule PACKAGES_ARE_INTRODUCED =
            ArchRuleDefinition.all(packages()).should(beNullMarked());

    /** Protocols are the sealed interfaces of that module, and nothing else there is sealed. */
    private static DescribedPredicate<JavaClass> isAMessage() {
        return DescribedPredicate.describe(
                "are messages",
                type -> type.getAllRawInterfaces().stream()
                        .anyMatch(face -> face.getPackageName().startsWith("dev.troupe.agents")
                                && face.reflect().isSealed()));
    }

    private static ArchCondition<JavaClass> beARecordOrAnEnum() {
        return new ArchCondition<>("be a record or an enum") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean plain = type.isRecord() || type.isEnum();
                events.add(
                        new SimpleConditionEvent(type, plain, type.getName() + " is a message and no record or enum"));
            }
        };
    }

    private static AbstractClassesTransformer<JavaPackage> packages() {
        return new AbstractClassesTransformer<>("packages") {
            @Override
            public Iterable<JavaPackage> doTransform(JavaClasses all) {
                Set<JavaPackage> packages = new LinkedHashSet<>();
                all.forEach(type -> packages.add(type.getPackage()));
                return packages;
            }
        };
    }

    private static ArchCondition<JavaPackage> beNullMarked() {
        return new ArchCondition<>("have a package-info with @NullMarked") {
            @Override
            public void check(JavaPackage room, ConditionEvents events) {
                boolean marked = room.tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false);
                events.add(new SimpleConditionEvent(
                        room, marked, room.getName() + " has no package-info.java with @NullMarked"));
            }
        };
    }
}
