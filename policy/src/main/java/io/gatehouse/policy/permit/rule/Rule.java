package io.gatehouse.policy.permit.rule;

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
 * @param where       where it holds; for a rule about resources, where these were recorded
 * @param operation   for a rule about resources, what it is about; empty for one about passing
 * @param when        when it holds
 * @param methods     how the person must have been identified, any of these; empty for any way. In a rule that forbids:
 *                    the ways that it forbids
 * @param requires    what the person must show or have beside. In a rule that forbids: it forbids unless all of this holds
 * @param limits      what depends on who is where. In a rule that forbids: it forbids unless these are kept
 * @param alerts      the levels of alert at which the rule is in force; empty for all
 * @param obligations what must happen along with the passage; only in a rule that permits
 * @param message     what the person is told when this rule decides, at most 500 characters
 */
public record Rule(
        String id,
        Effect effect,
        Who who,
        Where where,
        Optional<Operation> operation,
        Schedule when,
        Set<Method> methods,
        Requirements requires,
        List<Limit> limits,
        Set<String> alerts,
        List<Obligation> obligations,
        Optional<String> message) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final int MAX_MESSAGE = 500;
    private static final int MAX_LIMITS = 8;

    public Rule {
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(when, "when");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(requires, "requires");
        methods = Set.copyOf(methods);
        limits = List.copyOf(limits);
        alerts = Set.copyOf(alerts);
        obligations = List.copyOf(obligations);
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "rule id '" + id + "' is not 1 to 64 lower-case letters, digits, '.', '_' or '-'");
        }
        if (effect == Effect.FORBID && !obligations.isEmpty()) {
            throw new IllegalArgumentException("rule " + id + " forbids, so it cannot have obligations, has "
                    + obligations.size() + "; use its message");
        }
        if (limits.size() > MAX_LIMITS) {
            throw new IllegalArgumentException(
                    "rule " + id + " has " + limits.size() + " limits, more than " + MAX_LIMITS);
        }
        if (operation.isPresent() && !isOfResource(where, limits)) {
            throw new IllegalArgumentException(
                    "rule " + id + " is about resources, so it cannot have portals, a direction or limits");
        }
        message.filter(text -> text.isBlank() || text.length() > MAX_MESSAGE).ifPresent(text -> {
            throw new IllegalArgumentException(
                    "rule " + id + " has a message of " + text.length() + " characters, not of 1 to " + MAX_MESSAGE);
        });
    }

    private static boolean isOfResource(Where where, List<Limit> limits) {
        return where.portals().isEmpty() && where.direction().isEmpty() && limits.isEmpty();
    }

    /** For a rule that forbids: whether it does so only unless something holds. */
    public boolean isConditional() {
        return !requires.isNone() || !limits.isEmpty();
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
