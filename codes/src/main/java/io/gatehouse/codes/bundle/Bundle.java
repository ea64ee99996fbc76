package io.gatehouse.codes.bundle;

import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.token.ZoneTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a gate works by. Every part may be left out; what needs it is then refused at the gate. Immutable and thread-safe.
 *
 * @param counter     1 or more, higher than that of every bundle before
 * @param issuedAt    when it was made, to the second, 1970 to 2106
 * @param keys        the issuers' keys
 * @param statusLists as {@link io.gatehouse.codes.revoke.StatusSigner} signs them, whole; at most 64
 * @param zones       the zone table
 * @param policy      the rules
 * @param timeZones   the version of the time-zone data that the rules were made for, for example {@code 2026a}
 */
public record Bundle(
        long counter,
        Instant issuedAt,
        Optional<Part<KeyRing>> keys,
        List<byte[]> statusLists,
        Optional<Part<ZoneTable>> zones,
        Optional<Part<PolicySnapshot>> policy,
        Optional<Part<String>> timeZones) {
    static final int MAX_LISTS = 64;
    static final int MAX_TIME_ZONES = 16;

    public Bundle {
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(zones, "zones");
        Objects.requireNonNull(policy, "policy");
        if (counter < 1) {
            throw new IllegalArgumentException("bundles are counted from 1, not " + counter);
        }
        if (issuedAt.getEpochSecond() < 0 || issuedAt.getEpochSecond() > Part.MAX_SECONDS) {
            throw new IllegalArgumentException("a bundle is made from 1970 to 2106, not " + issuedAt);
        }
        issuedAt = Instant.ofEpochSecond(issuedAt.getEpochSecond());
        if (statusLists.size() > MAX_LISTS) {
            throw new IllegalArgumentException(
                    "a bundle has at most " + MAX_LISTS + " status lists, this one " + statusLists.size());
        }
        statusLists = copy(statusLists);
        timeZones.map(Part::value).ifPresent(version -> {
            if (version.isBlank() || version.length() > MAX_TIME_ZONES) {
                throw new IllegalArgumentException("a version of time-zone data has 1 to " + MAX_TIME_ZONES
                        + " characters, not '" + version + "'");
            }
        });
    }

    @Override
    public List<byte[]> statusLists() {
        return copy(statusLists);
    }

    /** Collects the parts of a bundle. */
    public static Builder builder(long counter, Instant issuedAt) {
        return new Builder(counter, issuedAt);
    }

    private static List<byte[]> copy(List<byte[]> lists) {
        return lists.stream().map(byte[]::clone).toList();
    }

    @Override
    public String toString() {
        return "Bundle[" + counter + ", " + issuedAt + "]";
    }

    /** Collects the parts of a bundle, each as of when the bundle is made. Used by one thread. */
    public static final class Builder {
        private final long counter;
        private final Instant issuedAt;
        private Optional<Part<KeyRing>> keys = Optional.empty();
        private final List<byte[]> statusLists = new ArrayList<>();
        private Optional<Part<ZoneTable>> zones = Optional.empty();
        private Optional<Part<PolicySnapshot>> policy = Optional.empty();
        private Optional<Part<String>> timeZones = Optional.empty();

        private Builder(long counter, Instant issuedAt) {
            this.counter = counter;
            this.issuedAt = issuedAt;
        }

        public Builder keys(KeyRing ring, Duration maxAge) {
            keys = Optional.of(new Part<>(ring, issuedAt, maxAge));
            return this;
        }

        /** A signed list, whole. */
        public Builder statusList(byte[] signed) {
            statusLists.add(signed.clone());
            return this;
        }

        public Builder zones(ZoneTable table, Duration maxAge) {
            zones = Optional.of(new Part<>(table, issuedAt, maxAge));
            return this;
        }

        public Builder policy(PolicySnapshot snapshot, Duration maxAge) {
            policy = Optional.of(new Part<>(snapshot, issuedAt, maxAge));
            return this;
        }

        public Builder timeZones(String version, Duration maxAge) {
            timeZones = Optional.of(new Part<>(version, issuedAt, maxAge));
            return this;
        }

        public Bundle build() {
            return new Bundle(counter, issuedAt, keys, statusLists, zones, policy, timeZones);
        }
    }
}
