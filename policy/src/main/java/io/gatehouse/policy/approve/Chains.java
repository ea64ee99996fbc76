package io.gatehouse.policy.approve;

import io.gatehouse.policy.approve.chain.Chain;
import io.gatehouse.policy.internal.casefile.CaseFile;
import io.gatehouse.policy.internal.casefile.Step;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The chains of a desk in all versions that it knows. Immutable and thread-safe. */
final class Chains {
    private final Map<String, TreeMap<Integer, Chain>> chains = new HashMap<>();

    Chains(Collection<Chain> all) {
        for (Chain chain : all) {
            Chain other = chains.computeIfAbsent(chain.id(), id -> new TreeMap<>(Comparator.naturalOrder()))
                    .put(chain.version(), chain);
            if (other != null) {
                throw new IllegalArgumentException(
                        "version " + chain.version() + " of chain " + chain.id() + " occurs twice");
            }
        }
    }

    Chain newest(String id) {
        TreeMap<Integer, Chain> versions = chains.get(id);
        if (versions == null) {
            throw new IllegalArgumentException("there is no chain '" + id + "', there are " + chains.keySet());
        }
        return versions.lastEntry().getValue();
    }

    /** The chain that a request was made by. */
    Chain of(CaseFile file) {
        Step submitted = file.first();
        int version = Integer.parseInt(submitted.fact("version"));
        Chain chain =
                chains.getOrDefault(submitted.fact("chain"), new TreeMap<>()).get(version);
        if (chain == null) {
            throw new IllegalStateException("request " + file.id() + " was made by version " + version + " of chain "
                    + submitted.fact("chain") + ", which this desk was not given: give it that document as well");
        }
        return chain;
    }
}
