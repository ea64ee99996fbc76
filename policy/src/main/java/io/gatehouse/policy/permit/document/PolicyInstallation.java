package io.gatehouse.policy.permit.document;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.document.DocumentException;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.permit.PermitDecider;
import io.gatehouse.policy.permit.rule.PolicySet;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts signed policies in force in a decider: named steps, each with its own reason. What is refused leaves the rules in force as
 * they are. Thread-safe.
 *
 * <p>How many people must have signed is said by the policy in force and by the new one, whichever asks for more: nobody gives up
 * dual control alone. A version that is not above the one in force is refused; going back is the older rules with a new version,
 * signed anew.
 */
public final class PolicyInstallation {
    private static final int MAX_TOLD = 800;

    private final PermitDecider decider;
    private final PermitDocuments documents;
    private final Map<String, PolicyKey> keys = new HashMap<>();

    private PolicyInstallation(PermitDecider decider, PermitDocuments documents, Collection<PolicyKey> trusted) {
        this.decider = Objects.requireNonNull(decider, "decider");
        this.documents = Objects.requireNonNull(documents, "documents");
        for (PolicyKey key : trusted) {
            if (keys.putIfAbsent(key.id(), key) != null) {
                throw new IllegalArgumentException("two keys have the id " + key.id());
            }
        }
    }

    /** Trusts these keys and no other. */
    public static PolicyInstallation create(
            PermitDecider decider, PermitDocuments documents, Collection<PolicyKey> trusted) {
        return new PolicyInstallation(decider, documents, trusted);
    }

    /**
     * Verifies a package and puts its policy in force.
     *
     * @return why not, or empty if it is in force
     * @throws IOException if the change cannot be recorded; the rules in force stay
     */
    public synchronized Optional<Reason> install(byte[] signed) throws IOException {
        SignedPackage parcel;
        try {
            parcel = SignedPackage.read(signed);
        } catch (IllegalArgumentException e) {
            return refuse(
                    "permit.package-malformed",
                    "A policy is damaged (%s): fetch it again.",
                    String.valueOf(e.getMessage()));
        }
        if (parcel.type() != SignedPackage.POLICY) {
            return refuse("permit.package-type", "This is no policy for a site, but something else that was signed.");
        }
        Set<String> signers = new TreeSet<>();
        for (Map.Entry<String, byte[]> signature : parcel.signatures().entrySet()) {
            PolicyKey key = keys.get(signature.getKey());
            if (key == null) {
                return refuse(
                        "permit.package-key",
                        "A policy is signed by key %s, which is not trusted here.",
                        signature.getKey());
            }
            if (!key.verifies(parcel.message(), signature.getValue())) {
                return refuse("permit.package-signature", "A policy was changed after key %s signed it.", key.id());
            }
            signers.add(key.signer());
        }
        return signers.isEmpty()
                ? refuse("permit.package-unsigned", "A policy is signed by nobody.")
                : install(parcel, signers);
    }

    private Optional<Reason> install(SignedPackage parcel, Set<String> signers) throws IOException {
        PolicySet next;
        try {
            next = documents.read(DocumentSource.of("policy.json", parcel.payload()));
        } catch (DocumentException e) {
            return refuse(
                    "permit.package-rules",
                    "The rules of a policy cannot be put in force: %s",
                    clip(e.problems().get(0).toString()));
        }
        int needed = Math.max(next.approvals(), decider.policy().approvals());
        if (signers.size() < needed) {
            return refuse(
                    "permit.package-approvals",
                    "A policy takes the signatures of %d people, this one has %d: have it cosigned.",
                    needed,
                    signers.size());
        }
        long inForce = decider.policy().version();
        if (next.version() <= inForce) {
            return refuse(
                    "permit.package-went-back",
                    "Policy version %d is not above version %d, which is in force: give older rules a new version.",
                    next.version(),
                    inForce);
        }
        decider.use(next, signers);
        return Optional.empty();
    }

    private static String clip(String text) {
        return text.length() <= MAX_TOLD ? text : text.substring(0, MAX_TOLD) + "…";
    }

    private static Optional<Reason> refuse(String code, String text, Object... arguments) {
        return Optional.of(Reason.format(code, text, arguments));
    }
}
