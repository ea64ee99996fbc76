package io.gatehouse.policy.approve;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.approve.Assigner.Outlook;
import io.gatehouse.policy.approve.chain.Chain;
import io.gatehouse.policy.internal.casefile.Step;
import io.gatehouse.policy.internal.form.Forms;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a request must be to be taken, and the step that it is taken by. */
final class Submissions {
    /** Begins the names of the documents' facts. */
    static final String DOCUMENT = "document.";

    /** Begins the names of the facts that say who was to be told, so many in each that it holds the longest names. */
    static final String INFORMED = "informed.";

    private static final int TOLD_AT_ONCE = 30;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int MOST_DOCUMENTS = 20;
    private static final int MOST_TOLD = 900;

    private Submissions() {}

    static Optional<Reason> refusal(Chain chain, String form, Map<String, String> documents) {
        List<String> problems = Forms.of(chain.form()).problems(form);
        if (!problems.isEmpty()) {
            return Optional.of(wrong(problems));
        }
        Set<String> missing = new TreeSet<>(chain.documents());
        missing.removeAll(documents.keySet());
        if (!missing.isEmpty()) {
            return Optional.of(Reason.format(
                    "approve.documents", "The request must come with %s: add it.", String.join(", ", missing)));
        }
        boolean isWhole = documents.size() <= MOST_DOCUMENTS
                && documents.entrySet().stream()
                        .allMatch(it -> it.getKey().length() <= 100
                                && SHA256.matcher(it.getValue()).matches());
        return isWhole
                ? Optional.empty()
                : Optional.of(Reason.format(
                        "approve.digest",
                        "At most %d documents are named, each in at most 100 characters with its SHA-256 in lower-case hex.",
                        MOST_DOCUMENTS));
    }

    static Reason wrong(List<String> problems) {
        String told = String.join("; ", problems);
        return Reason.format(
                "approve.form",
                "The form is not filled in as it must be: %s",
                told.substring(0, Math.min(told.length(), MOST_TOLD)));
    }

    static Optional<Reason> nobody(Outlook outlook) {
        return Optional.of(Reason.format(
                "approve.nobody",
                "Nobody could decide step %s, nor anybody whom the chain names instead: name somebody else in the chain.",
                String.join(", ", outlook.impossible())));
    }

    static Step step(
            String kind,
            Chain chain,
            PersonId requester,
            Instant at,
            String form,
            Map<String, String> documents,
            Outlook outlook,
            Set<PersonId> informed) {
        Step step = Step.of(at, kind, Optional.of(requester))
                .fact("chain", chain.id())
                .fact("version", Integer.toString(chain.version()))
                .fact("fallbacks", String.join(",", outlook.fallbacks()))
                .body(form);
        List<PersonId> told = List.copyOf(informed);
        for (int i = 0; i < told.size(); i += TOLD_AT_ONCE) {
            step = step.personal(
                    INFORMED + i,
                    told.subList(i, Math.min(told.size(), i + TOLD_AT_ONCE)).stream()
                            .map(PersonId::value)
                            .collect(Collectors.joining(",")));
        }
        for (Map.Entry<String, String> document : new TreeMap<>(documents).entrySet()) {
            step = step.personal(DOCUMENT + document.getKey(), document.getValue());
        }
        return step;
    }
}
