package io.gatehouse.codes.revoke;

import io.gatehouse.codes.internal.signed.SignedPayload;
import io.gatehouse.codes.internal.signed.SignedPayload.Kind;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.codes.revoke.StatusMessage.Changes;
import io.gatehouse.codes.revoke.StatusMessage.Content;
import io.gatehouse.codes.revoke.StatusMessage.Whole;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Signs status lists, whole or as what changed between two versions. Immutable and thread-safe. */
public final class StatusSigner {
    private static final Duration MAX_AGE = Duration.ofDays(366);
    private static final int MAX_NAME = 64;

    private final SigningKey key;
    private final String tenant;
    private final Duration maxAge;

    private StatusSigner(SigningKey key, String tenant, Duration maxAge) {
        this.key = Objects.requireNonNull(key, "key");
        this.tenant = tenant;
        this.maxAge = maxAge;
    }

    /**
     * A signer.
     *
     * @param key    one that may sign lists, better none that signs passes
     * @param tenant whose lists they are: that of the key's scope in the gates' key ring; empty is the house itself
     * @param maxAge how long after it was signed a list may be gone by, whole seconds up to 366 days: as long as a leaver
     *               may still pass at a gate that is off line
     */
    public static StatusSigner create(SigningKey key, String tenant, Duration maxAge) {
        if (tenant.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "a tenant's name has at most " + MAX_NAME + " characters, this one " + tenant.length());
        }
        if (maxAge.toSeconds() < 1 || maxAge.compareTo(MAX_AGE) > 0) {
            throw new IllegalArgumentException("a status list is good for 1 s to " + MAX_AGE + ", not " + maxAge);
        }
        return new StatusSigner(key, tenant, maxAge);
    }

    /** The whole list, as of this moment. */
    public byte[] sign(StatusList list, Instant asOf) {
        return sign(list, asOf, new Whole(list.bits(), list.size(), StatusCodec.body(list)));
    }

    /**
     * What changed from one version to a later one, as of this moment. The same version twice says that nothing has
     * changed: a list held by a gate is as young as that again.
     *
     * @throws IllegalArgumentException if the one does not follow the other
     */
    public byte[] signChanges(StatusList base, StatusList later, Instant asOf) {
        if (later.version() < base.version()) {
            throw new IllegalArgumentException(later + " is not later than " + base);
        }
        byte[] body = StatusCodec.body(base.changesTo(later));
        return sign(
                later,
                asOf,
                new Changes(later.bits(), later.size(), base.version(), base.digest(), later.digest(), body));
    }

    private byte[] sign(StatusList list, Instant asOf, Content content) {
        StatusMessage message = new StatusMessage(tenant, asOf, maxAge, list.number(), list.version(), content);
        return SignedPayload.sign(Kind.STATUS_LIST, StatusCodec.encode(message), key);
    }

    @Override
    public String toString() {
        return "StatusSigner[" + tenant + ", " + key.id() + ", " + maxAge + "]";
    }
}
