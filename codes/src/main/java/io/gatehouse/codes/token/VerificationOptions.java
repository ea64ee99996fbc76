package io.gatehouse.codes.token;

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
 */
public record VerificationOptions(Set<PassType> types, Duration skew, Supplier<Optional<ZoneTable>> zoneTable) {
    private static final Duration MAX_SKEW = Duration.ofHours(1);

    /** The types of people, clocks that differ by 30 s, no zone table. */
    public static final VerificationOptions DEFAULT =
            new VerificationOptions(PassType.OF_PEOPLE, Duration.ofSeconds(30), Optional::empty);

    public VerificationOptions {
        types = Set.copyOf(types);
        Objects.requireNonNull(zoneTable, "zoneTable");
        if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
            throw new IllegalArgumentException("the skew is 0 to " + MAX_SKEW + ", not " + skew);
        }
    }

    public VerificationOptions withTypes(Set<PassType> taken) {
        return new VerificationOptions(taken, skew, zoneTable);
    }

    public VerificationOptions withSkew(Duration taken) {
        return new VerificationOptions(types, taken, zoneTable);
    }

    public VerificationOptions withZoneTable(ZoneTable table) {
        Optional<ZoneTable> present = Optional.of(table);
        return new VerificationOptions(types, skew, () -> present);
    }
}
