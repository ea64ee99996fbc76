package io.gatehouse.codes.token;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.keys.HolderKey;
import io.gatehouse.core.place.PortalId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * What a pass says. Immutable and thread-safe; {@code toString} leaves the holder out.
 *
 * @param id        unique among the issuer's passes
 * @param type      what it is for
 * @param holder    whom or what it is for
 * @param notBefore when it begins to be valid, in whole seconds, 1970 to 2106
 * @param expiresAt when it is no longer valid, in whole seconds, 1970 to 2106
 * @param zones     the zones that it is limited to; empty leaves that to the site's rules
 * @param singleUse whether it lets somebody pass only once
 * @param boundGate the one portal where it is valid, if it is bound to one
 * @param status    where it is kept whether it was taken back; without one it stands until it expires
 * @param holderKey the key on its holder's phone, if the phone must show that it has it
 */
public record Pass(
        PassId id,
        PassType type,
        HolderReference holder,
        Instant notBefore,
        Instant expiresAt,
        Optional<ZoneGrant> zones,
        boolean singleUse,
        Optional<PortalId> boundGate,
        Optional<StatusReference> status,
        Optional<HolderKey> holderKey) {
    static final long MAX_EPOCH_SECOND = 0xFFFF_FFFFL;

    public Pass {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(zones, "zones");
        Objects.requireNonNull(boundGate, "boundGate");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(holderKey, "holderKey");
        requireWholeSeconds("begins", notBefore);
        requireWholeSeconds("expires", expiresAt);
        if (!notBefore.isBefore(expiresAt)) {
            throw new IllegalArgumentException("a pass that begins at " + notBefore + " cannot expire at " + expiresAt);
        }
    }

    private static void requireWholeSeconds(String what, Instant instant) {
        if (instant.getNano() != 0 || instant.getEpochSecond() < 0 || instant.getEpochSecond() > MAX_EPOCH_SECOND) {
            throw new IllegalArgumentException("a pass " + what + " at a whole second from 1970-01-01 to "
                    + Instant.ofEpochSecond(MAX_EPOCH_SECOND) + ", not " + instant);
        }
    }

    /**
     * What it says, in the bytes that a code holds that proves it in another way than by an issuer's signature. By
     * themselves they prove nothing.
     *
     * @throws IllegalArgumentException if it has a holder's key, which these bytes do not say
     */
    public byte[] toBytes() {
        if (holderKey.isPresent()) {
            throw new IllegalArgumentException("the pass " + id + " has a holder's key: only a signed pass says that");
        }
        return PassCodec.writeSequence(this);
    }

    /** The pass that {@link #toBytes} gave these bytes, or empty if none did. */
    public static Optional<Pass> ofBytes(byte[] bytes) {
        try {
            return Optional.of(PassCodec.readSequence(bytes));
        } catch (CborException e) {
            return Optional.empty();
        }
    }

    /** Whether the id itself says where the status is kept, so that the code need not say it again. */
    boolean isNamedByStatus() {
        return status.map(PassId::of).filter(id::equals).isPresent();
    }

    /** Collects the parts of a pass. */
    public static Builder builder(PassId id, PassType type, HolderReference holder) {
        return new Builder(id, type, holder);
    }

    /** Collects the parts of a pass whose id is its place in a status list: the smallest that can be taken back. */
    public static Builder builder(StatusReference status, PassType type, HolderReference holder) {
        return new Builder(PassId.of(status), type, holder).status(status);
    }

    @Override
    public String toString() {
        return "Pass[" + id + ", " + type + ", " + notBefore + " to " + expiresAt
                + zones.map(z -> ", " + z).orElse("") + (singleUse ? ", single use" : "")
                + boundGate.map(gate -> ", only at " + gate).orElse("")
                + status.map(place -> ", status " + place).orElse("")
                + holderKey.map(key -> ", with the key of a phone").orElse("") + "]";
    }

    /** Collects the parts of a pass. Used by one thread. */
    public static final class Builder {
        private final PassId id;
        private final PassType type;
        private final HolderReference holder;
        private Optional<Instant> notBefore = Optional.empty();
        private Optional<Instant> expiresAt = Optional.empty();
        private Optional<ZoneGrant> zones = Optional.empty();
        private boolean singleUse;
        private Optional<PortalId> boundGate = Optional.empty();
        private Optional<StatusReference> status = Optional.empty();
        private Optional<HolderKey> holderKey = Optional.empty();

        private Builder(PassId id, PassType type, HolderReference holder) {
            this.id = id;
            this.type = type;
            this.holder = holder;
        }

        /** When it is valid; parts of a second are cut off. Required. */
        public Builder valid(Instant from, Instant until) {
            notBefore = Optional.of(from.truncatedTo(ChronoUnit.SECONDS));
            expiresAt = Optional.of(until.truncatedTo(ChronoUnit.SECONDS));
            return this;
        }

        /** Limits it to zones. */
        public Builder zones(ZoneGrant grant) {
            zones = Optional.of(grant);
            return this;
        }

        /** Lets it count only once. */
        public Builder singleUse() {
            singleUse = true;
            return this;
        }

        /** Binds it to one portal. */
        public Builder onlyAt(PortalId gate) {
            boundGate = Optional.of(gate);
            return this;
        }

        /** Lets it be taken back. */
        public Builder status(StatusReference place) {
            status = Optional.of(place);
            return this;
        }

        /** Lets it count only with its holder's phone. */
        public Builder holderKey(HolderKey key) {
            holderKey = Optional.of(key);
            return this;
        }

        /**
         * The pass.
         *
         * @throws IllegalStateException    if nobody said when it is valid
         * @throws IllegalArgumentException if a part does not fit, as {@link Pass} says
         */
        public Pass build() {
            Instant from = notBefore.orElseThrow(() -> new IllegalStateException("say when the pass is valid"));
            Instant until = expiresAt.orElseThrow(() -> new IllegalStateException("say when the pass is valid"));
            return new Pass(id, type, holder, from, until, zones, singleUse, boundGate, status, holderKey);
        }
    }
}
