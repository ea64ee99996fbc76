package io.gatehouse.codes.token;

import io.gatehouse.codes.clock.ClockTrust;
import io.gatehouse.codes.keys.KeyScope;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a verifier takes. Immutable and thread-safe; each change gives new options.
 *
 * @param types     the types of passes that are taken
 * @param skew      how far clocks may differ: a pass is taken this much before it begins and after it expires, at most an hour
 * @param zoneTable the site's zones, asked at each verification; without one, passes limited to zones are refused at portals
 * @param statuses  which passes were taken back; without any, passes that have a status are refused
 * @param clock     whether the gate's time is believed
 * @param tenants   whose passes are taken; the empty one is the house itself
 */
public record VerificationOptions(
        Set<PassType> types,
        Duration skew,
        Supplier<Optional<ZoneTable>> zoneTable,
        PassStatuses statuses,
        ClockTrust clock,
        Set<String> tenants) {
    private static final Duration MAX_SKEW = Duration.ofHours(1);

    /** The house's types of people, clocks that differ by 30 s and are believed, no zone table, no status lists. */
    public static final VerificationOptions DEFAULT = new VerificationOptions(
            PassType.OF_PEOPLE,
            Duration.ofSeconds(30),
            Optional::empty,
            PassStatuses.none(),
            ClockTrust.always(),
            Set.of(KeyScope.HOUSE));

    public VerificationOptions {
        types = Set.copyOf(types);
        tenants = Set.copyOf(tenants);
        Objects.requireNonNull(zoneTable, "zoneTable");
        Objects.requireNonNull(statuses, "statuses");
        Objects.requireNonNull(clock, "clock");
        if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
            throw new IllegalArgumentException("the skew is 0 to " + MAX_SKEW + ", not " + skew);
        }
    }

    public VerificationOptions withTypes(Set<PassType> taken) {
        return new VerificationOptions(taken, skew, zoneTable, statuses, clock, tenants);
    }

    public VerificationOptions withSkew(Duration taken) {
        return new VerificationOptions(types, taken, zoneTable, statuses, clock, tenants);
    }

    public VerificationOptions withZoneTable(ZoneTable table) {
        Optional<ZoneTable> present = Optional.of(table);
        return withZoneTable(() -> present);
    }

    /** With a table that may be exchanged while the gate is at work. */
    public VerificationOptions withZoneTable(Supplier<Optional<ZoneTable>> table) {
        return new VerificationOptions(types, skew, table, statuses, clock, tenants);
    }

    public VerificationOptions withStatuses(PassStatuses known) {
        return new VerificationOptions(types, skew, zoneTable, known, clock, tenants);
    }

    public VerificationOptions withClock(ClockTrust trust) {
        return new VerificationOptions(types, skew, zoneTable, statuses, trust, tenants);
    }

    public VerificationOptions withTenants(Set<String> taken) {
        return new VerificationOptions(types, skew, zoneTable, statuses, clock, taken);
    }
}
