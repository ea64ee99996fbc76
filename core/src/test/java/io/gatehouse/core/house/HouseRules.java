package io.gatehouse.core.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/**
 * The rules that keep the house readable, for one module: which way it may look, that its packages form no circle, and
 * what its API may show. Immutable and thread-safe.
 *
 * <p>A module's test calls {@link #hold} with the module's own root package.
 */
public final class HouseRules {
    private static final int MAX_PUBLIC_TYPES = 15;
    private static final List<String> OWN_AND_PLATFORM = List.of("java.", "javax.", "io.gatehouse.", "org.jspecify.");

    private final String room;
    private final JavaClasses classes;

    private HouseRules(String room) {
        this.room = room;
        this.classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
                .importPackages("io.gatehouse." + room);
    }

    /**
     * Checks every rule for the module whose packages start with {@code io.gatehouse.<room>}.
     *
     * @throws AssertionError naming the class that breaks a rule
     */
    public static void hold(String room) {
        HouseRules rules = new HouseRules(room);
        rules.looksOnlyAtCore();
        rules.hasNoPackageCircle();
        rules.showsNoThirdPartyType();
        rules.hidesItsInternals();
        rules.hasRoomyPackages();
        rules.hasPlainNames();
        rules.hasOnlyNullMarkedPackages();
        rules.exportsWhatIsNotInternal();
    }

    private void looksOnlyAtCore() {
        noClasses()
                .should()
                .dependOnClassesThat(new DescribedPredicate<JavaClass>("live in a sibling module") {
                    @Override
                    public boolean test(JavaClass type) {
                        String name = type.getPackageName() + ".";
                        return name.startsWith("io.gatehouse.")
                                && !name.startsWith("io.gatehouse.core.")
                                && !name.startsWith("io.gatehouse." + room + ".");
                    }
                })
                .because("siblings know core, never each other")
                .check(classes);
    }

    private void hasNoPackageCircle() {
        slices().matching("io.gatehouse." + room + ".(**)")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    private void showsNoThirdPartyType() {
        classes()
                .that(areExported())
                .should(new ArchCondition<JavaClass>("show only types of the platform and of Gatehouse") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        shownTypes(type)
                                .map(JavaClass::getBaseComponentType)
                                .filter(shown -> !shown.isPrimitive())
                                .filter(shown -> OWN_AND_PLATFORM.stream().noneMatch(shown.getName()::startsWith))
                                .forEach(shown -> events.add(SimpleConditionEvent.violated(
                                        type, type.getName() + " shows " + shown.getName())));
                    }
                })
                .because("users of the API must not depend on what it is built with")
                .check(classes);
    }

    private void hidesItsInternals() {
        noClasses()
                .that(areExported())
                .should(new ArchCondition<JavaClass>("show internal types") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        shownTypes(type)
                                .filter(shown -> shown.getPackageName().contains(".internal"))
                                .forEach(shown -> events.add(SimpleConditionEvent.satisfied(
                                        type, type.getName() + " shows " + shown.getName())));
                    }
                })
                .allowEmptyShould(true)
                .check(classes);
    }

    private void hasRoomyPackages() {
        Map<String, Long> publicTypes = classes.stream()
                .filter(areExported())
                .filter(type -> !type.isNestedClass())
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        Assertions.assertThat(publicTypes)
                .as("public types a package, at most " + MAX_PUBLIC_TYPES)
                .allSatisfy(
                        (name, count) -> Assertions.assertThat(count).as(name).isLessThanOrEqualTo(MAX_PUBLIC_TYPES));
    }

    private void hasPlainNames() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl)")
                .because("such names do not say what a class is for")
                .check(classes);
    }

    private void hasOnlyNullMarkedPackages() {
        Set<String> unmarked = classes.stream()
                .filter(type -> !type.getSimpleName().equals("package-info")
                        && !type.getName().equals("module-info"))
                .map(JavaClass::getPackage)
                .filter(javaPackage -> !javaPackage.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .map(javaPackage -> javaPackage.getName())
                .collect(Collectors.toSet());
        Assertions.assertThat(unmarked).as("packages without @NullMarked").isEmpty();
    }

    /** Tests run on the class path, where a forgotten {@code exports} shows nothing: so the descriptors are read. */
    private void exportsWhatIsNotInternal() {
        Set<String> exported = new HashSet<>();
        for (ModuleReference module : ModuleFinder.of(places()).findAll()) {
            module.descriptor().exports().forEach(export -> exported.add(export.source()));
        }
        Set<String> api = classes.stream()
                .filter(areExported())
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("io.gatehouse." + room + "."))
                .collect(Collectors.toSet());
        Assertions.assertThat(exported)
                .as("packages that the module exports: all with a public type, but none that is internal")
                .containsExactlyInAnyOrderElementsOf(api);
    }

    /** The folders and jars that the room's classes with a module descriptor come from. */
    private Path[] places() {
        return classes.stream()
                .flatMap(type -> type.getSource().stream())
                .map(source -> root(source.getUri().toString()))
                .distinct()
                .filter(place -> ModuleFinder.of(place).findAll().stream()
                        .anyMatch(module -> module.descriptor().name().equals("io.gatehouse." + room)))
                .toArray(Path[]::new);
    }

    private static Path root(String uri) {
        String upToPackages = uri.substring(0, uri.indexOf("io/gatehouse/"));
        String place = upToPackages.replaceFirst("^jar:", "").replaceFirst("!/$", "");
        return Path.of(URI.create(place));
    }

    private static DescribedPredicate<JavaClass> areExported() {
        return new DescribedPredicate<>("are public and not internal") {
            @Override
            public boolean test(JavaClass type) {
                return type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !type.getPackageName().contains(".internal")
                        && type.getEnclosingClass().map(this::test).orElse(true);
            }
        };
    }

    /** Every type that a user sees in what a class extends, its fields, parameters, results and exceptions, generics included. */
    private static Stream<JavaClass> shownTypes(JavaClass type) {
        Stream<JavaClass> parents = Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream());
        Stream<JavaClass> fields = type.getFields().stream()
                .filter(field -> isShown(field.getModifiers()))
                .map(JavaField::getAllInvolvedRawTypes)
                .flatMap(Collection::stream);
        Stream<JavaClass> methods = type.getCodeUnits().stream()
                .filter(unit -> isShown(unit.getModifiers()))
                .map(JavaCodeUnit::getAllInvolvedRawTypes)
                .flatMap(Collection::stream);
        return Stream.of(parents, fields, methods).flatMap(stream -> stream);
    }

    private static boolean isShown(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}
