package io.gatehouse.policy.approve.chain;

import io.gatehouse.policy.internal.form.Forms;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a kind of request needs. Immutable and thread-safe.
 *
 * @param id        its name: 1 to 64 lower-case letters, digits, {@code -}
 * @param version   counts up with each change; a request goes on by the version it was made with
 * @param title     its name for people
 * @param form      the JSON Schema (2020-12) of requests
 * @param documents names of the documents that a request must come with
 * @param terms     what holds for whoever is granted it, such as {@code look-only}; for whoever carries it out
 * @param stages    one after the other; the steps of one stage side by side
 * @param fallback  who decides where nobody else can
 * @param inform    who is told at once of a request
 * @param emergency how it is granted at once and confirmed afterwards, if it can be
 */
public record Chain(
        String id,
        int version,
        String title,
        String form,
        Set<String> documents,
        List<String> terms,
        List<List<ChainStep>> stages,
        List<Approvers> fallback,
        List<Approvers> inform,
        Optional<Emergency> emergency) {
    private static final int MOST_STEPS = 50;

    public Chain {
        Objects.requireNonNull(emergency, "emergency");
        documents = Set.copyOf(documents);
        terms = List.copyOf(terms);
        stages = stages.stream().map(List::copyOf).toList();
        fallback = List.copyOf(fallback);
        inform = List.copyOf(inform);
        ChainStep.requireId("a chain", id);
        if (version < 1 || title.isBlank()) {
            throw new IllegalArgumentException("chain " + id + " needs a title and a version from 1, not " + version);
        }
        requireSteps(id, stages);
        if (fallback.isEmpty() || fallback.contains(new Approvers.Requester())) {
            throw new IllegalArgumentException(
                    "chain " + id + " says who decides where nobody else can, and not the requester");
        }
        Forms.of(form);
        stages.stream()
                .flatMap(List::stream)
                .flatMap(step -> step.form().stream())
                .forEach(Forms::of);
    }

    private static void requireSteps(String id, List<List<ChainStep>> stages) {
        Set<String> before = new HashSet<>();
        for (List<ChainStep> stage : stages) {
            for (ChainStep step : stage) {
                step.when().stream().flatMap(it -> it.step().stream()).forEach(of -> {
                    if (!before.contains(of)) {
                        throw new IllegalArgumentException("step " + step.id() + " of chain " + id
                                + " depends on what step " + of + " recorded, which does not come before it");
                    }
                });
            }
            for (ChainStep step : stage) {
                if (!before.add(step.id())) {
                    throw new IllegalArgumentException("step " + step.id() + " occurs twice in chain " + id);
                }
            }
        }
        if (stages.stream().anyMatch(List::isEmpty) || before.isEmpty() || before.size() > MOST_STEPS) {
            throw new IllegalArgumentException("chain " + id + " has 1 to " + MOST_STEPS
                    + " steps, at least one in each stage, not " + before.size());
        }
    }

    /** The step with this id. */
    public Optional<ChainStep> step(String stepId) {
        return stages.stream()
                .flatMap(List::stream)
                .filter(step -> step.id().equals(stepId))
                .findFirst();
    }

    /**
     * How a request is granted at once, by one signature, and confirmed afterwards by all the steps of the chain.
     *
     * @param by            who may sign
     * @param confirmWithin so many working days after it the confirmation is due
     */
    public record Emergency(List<Approvers> by, int confirmWithin) {
        public Emergency {
            by = List.copyOf(by);
            if (by.isEmpty() || by.contains(new Approvers.Requester()) || confirmWithin < 1) {
                throw new IllegalArgumentException("an emergency is signed by somebody other than the requester, and"
                        + " confirmed within at least one working day, not " + confirmWithin);
            }
        }
    }
}
