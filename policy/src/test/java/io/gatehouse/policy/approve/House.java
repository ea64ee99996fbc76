package io.gatehouse.policy.approve;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.policy.approve.chain.Organisation;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An organisation as maps: {@code li} of sales, whose superior is {@code team-lead} and whose head {@code sales-head}. */
final class House implements Organisation {
    final Map<String, String> superiors = new HashMap<>(
            Map.of("li", "team-lead", "team-lead", "sales-head", "sales-head", "director", "hr-head", "director"));
    final Map<String, String> departments = new HashMap<>(
            Map.of("li", "sales", "team-lead", "sales", "sales-head", "sales", "wang", "hr", "hr-head", "hr"));
    final Map<String, String> heads = new HashMap<>(Map.of(
            "sales", "sales-head",
            "hr", "hr-head",
            "purchasing", "purchasing-head",
            "assets", "assets-head",
            "works", "works-head",
            "monitoring", "monitoring-head"));
    final Map<String, Set<String>> roles = new HashMap<>(Map.of(
            "management", Set.of("director", "deputy"),
            "attendance", Set.of("clerk"),
            "store", Set.of("storeman"),
            "monitoring", Set.of("watcher-1", "watcher-2"),
            "reception", Set.of("receptionist")));
    final Set<String> absent = new HashSet<>();
    final Map<String, String> delegates = new HashMap<>();

    static PersonId id(String name) {
        return PersonId.of(name);
    }

    private static Optional<PersonId> find(Map<String, String> map, String key) {
        return Optional.ofNullable(map.get(key)).map(PersonId::of);
    }

    @Override
    public Optional<PersonId> superior(PersonId person) {
        return find(superiors, person.value());
    }

    @Override
    public Optional<String> department(PersonId person) {
        return Optional.ofNullable(departments.get(person.value()));
    }

    @Override
    public Optional<PersonId> head(String department) {
        return find(heads, department);
    }

    @Override
    public Set<PersonId> role(String role) {
        Set<PersonId> people = new TreeSet<>();
        roles.getOrDefault(role, Set.of()).forEach(name -> people.add(id(name)));
        return people;
    }

    @Override
    public boolean isAbsent(PersonId person, LocalDate day) {
        return absent.contains(person.value());
    }

    @Override
    public Optional<PersonId> delegate(PersonId person, LocalDate day) {
        return find(delegates, person.value());
    }
}
