package io.gatehouse.policy.permit;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.facts.Presented;
import io.gatehouse.policy.permit.facts.Subject;

/**
 * Port to whatever knows more of a passage than who and where: temperature, protective equipment, inductions, who is inside.
 * Implementations are thread-safe; one that throws makes the gate refuse.
 */
@FunctionalInterface
public interface FactsSource {
    /** The facts of a request. */
    Facts facts(AccessRequest request, Subject subject);

    /** Knows what the request says and no more: the one method by which somebody was identified. */
    static FactsSource ofRequest() {
        return (request, subject) -> Facts.passing(
                subject,
                request.portal().id(),
                request.direction(),
                request.at(),
                Presented.of(request.who().method(), request.who().score()));
    }
}
