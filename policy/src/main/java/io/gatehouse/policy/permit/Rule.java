package io.gatehouse.policy.permit;

import io.gatehouse.core.decision.Obligation;
import io.gatehouse.core.identity.Method;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One sentence of a policy: these people may (or may not) pass there, then, identified like this. All its conditions
 * must hold for it to apply. Immutable and thread-safe. Made with {@link #permit} and {@link #forbid}.
 *
 * @param id          its name in decisions and records: 1 to 64 lower-case letters, digits, {@code . _ -}
 * @param effect      what it does
 * @param who         whom it is about
 * @param where       where it holds
 * @param when        when it holds
 * @param methods     how the person must have been identified, any of these; empty for any way. In a rule that forbids:
 *                    the ways that it forbids
 * @param obligations what must happen along with the passage; only in a rule that permits
 * @param message     what the person is told when this rule decides, at most 500 characters
 */
public record Rule(
        String id,
        Effect effect,
        Who who,
        Where where,
        Schedule when,
        Set<Method> methods,
        List<Obligation> obligations,
        Optional<String> message) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final int MAX_MESSAGE = 500;

    public Rule {
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(when, "when");
        methods = Set.copyOf(methods);
        obligations = List.copyOf(obligations);
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "rule id '" + id + "' is not 1 to 64 lower-case letters, digits, '.', '_' or '-'");
        }
        if (effect == Effect.FORBID && !obligations.isEmpty()) {
            throw new IllegalArgumentException("rule " + id + " forbids, so it cannot have obligations, has "
                    + obligations.size() + "; use its message");
        }
        message.filter(text -> text.isBlank() || text.length() > MAX_MESSAGE).ifPresent(text -> {
            throw new IllegalArgumentException(
                    "rule " + id + " has a message of " + text.length() + " characters, not of 1 to " + MAX_MESSAGE);
        });
    }

    /** Starts a rule that lets people pass. */
    public static RuleBuilder permit(String id) {
        return new RuleBuilder(id, Effect.PERMIT);
    }

    /** Starts a rule that refuses, whatever others permit. */
    public static RuleBuilder forbid(String id) {
        return new RuleBuilder(id, Effect.FORBID);
    }
}
