package io.gatehouse.codes.keys;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whose key it is and what it may sign. Immutable and thread-safe.
 *
 * @param tenant who issues with it, where several do for the same gates: up to 64 lower-case letters, digits,
 *               {@code . _ -}; empty is the house itself
 * @param uses   what it may sign, at least one
 */
public record KeyScope(String tenant, Set<KeyUse> uses) {
    // Before the constant below, which is checked by it.
    private static final Pattern TENANT = Pattern.compile("[a-z0-9._-]{0,64}");

    /** The tenant that is the house itself. */
    public static final String HOUSE = "";

    /** The house's own passes of every kind. */
    public static final KeyScope HOUSE_PASSES = new KeyScope(HOUSE, KeyUse.ALL_PASSES);

    public KeyScope {
        if (!TENANT.matcher(tenant).matches()) {
            throw new IllegalArgumentException("the tenant '" + tenant
                    + "' must be up to 64 lower-case letters, digits, '.', '_' or '-'; empty is the house itself");
        }
        uses = Set.copyOf(uses);
        if (uses.isEmpty()) {
            throw new IllegalArgumentException("a key that may sign nothing is of no use: name at least one use");
        }
    }

    /** A scope of the house itself. */
    public static KeyScope ofHouse(KeyUse first, KeyUse... more) {
        return of(HOUSE, first, more);
    }

    public static KeyScope of(String tenant, KeyUse first, KeyUse... more) {
        Set<KeyUse> uses = new HashSet<>(Set.of(more));
        uses.add(first);
        return new KeyScope(tenant, uses);
    }
}
