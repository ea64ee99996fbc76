package io.gatehouse.biometrics.evaluate;

import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How well presentation attacks are told from genuine ("bona fide") presentations, as ISO/IEC 30107-3 counts: APCER for
 * each species of attack instrument by itself, and the worst of them, since an attacker picks that one; BPCER; and the
 * presentations that got no response at all (APNRR, BPNRR), which are in no classification error. There is no ACER: the
 * mean of APCER and BPCER is not a figure of the standard, and hides the species that gets through. Three samples make no
 * claim: without an error in n presentations of a species, its APCER is known to be below about 3/n. Immutable and
 * thread-safe.
 */
public final class AttackFigures {
    private final SortedMap<String, Counts> attacks;
    private final Counts bonaFide;

    private AttackFigures(SortedMap<String, Counts> attacks, Counts bonaFide) {
        this.attacks = new TreeMap<>(attacks);
        this.bonaFide = bonaFide;
    }

    /** What the detector said. */
    public enum Response {
        BONA_FIDE,
        ATTACK,
        NONE
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The species that were presented, with their APCER: presentations answered with "bona fide" of those answered. */
    public SortedMap<String, Proportion> apcer() {
        SortedMap<String, Proportion> rates = new TreeMap<>();
        attacks.forEach((species, counts) -> rates.put(species, new Proportion(counts.bonaFide, counts.answered())));
        return rates;
    }

    /** The species with the highest APCER; empty if no attack was answered. */
    public Optional<Map.Entry<String, Proportion>> worstApcer() {
        return apcer().entrySet().stream()
                .filter(entry -> entry.getValue().trials() > 0)
                .max(Comparator.comparingDouble(entry -> entry.getValue().rate()));
    }

    /** Genuine presentations answered with "attack", of those answered. */
    public Proportion bpcer() {
        return new Proportion(bonaFide.attack, bonaFide.answered());
    }

    /** Attack presentations without a response, by species. */
    public SortedMap<String, Proportion> apnrr() {
        SortedMap<String, Proportion> rates = new TreeMap<>();
        attacks.forEach((species, counts) -> rates.put(species, new Proportion(counts.none, counts.all())));
        return rates;
    }

    /** Genuine presentations without a response. */
    public Proportion bpnrr() {
        return new Proportion(bonaFide.none, bonaFide.all());
    }

    @Override
    public String toString() {
        return "AttackFigures[APCER " + apcer() + ", BPCER " + bpcer() + "]";
    }

    /** Counts presentations. Not thread-safe. */
    public static final class Builder {
        private final SortedMap<String, Counts> attacks = new TreeMap<>();
        private Counts bonaFide = Counts.NONE;

        private Builder() {}

        /** A genuine presentation. */
        public Builder bonaFide(Response response) {
            bonaFide = bonaFide.with(response);
            return this;
        }

        /** A presentation of an attack instrument of a species, for example {@code print} or {@code screen}. */
        public Builder attack(String species, Response response) {
            Objects.requireNonNull(species, "species");
            attacks.merge(species, Counts.NONE.with(response), Counts::plus);
            return this;
        }

        public AttackFigures build() {
            return new AttackFigures(attacks, bonaFide);
        }
    }

    private record Counts(long bonaFide, long attack, long none) {
        static final Counts NONE = new Counts(0, 0, 0);

        Counts with(Response response) {
            return new Counts(
                    bonaFide + (response == Response.BONA_FIDE ? 1 : 0),
                    attack + (response == Response.ATTACK ? 1 : 0),
                    none + (response == Response.NONE ? 1 : 0));
        }

        Counts plus(Counts other) {
            return new Counts(bonaFide + other.bonaFide, attack + other.attack, none + other.none);
        }

        long answered() {
            return bonaFide + attack;
        }

        long all() {
            return answered() + none;
        }
    }
}
