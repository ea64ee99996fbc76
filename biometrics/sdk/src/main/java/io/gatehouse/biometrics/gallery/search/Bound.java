package io.gatehouse.biometrics.gallery.search;

/**
 * How near a reference can be to a probe, by what its code tells: the proof that nothing is left out which matters.
 * Immutable and thread-safe.
 *
 * <p><b>What is to be decided.</b> Let c be the centre of the index (any fixed vector: it changes how much is left out,
 * never what is right), p = q − c of the probe and y = x − c of a reference. Then ‖q−x‖² = ‖p‖² + ‖y‖² − 2⟨p,y⟩. A code
 * gives ŷ = s·(u − m), integers u and their middle m, a scale s, and beside it n = ‖y‖² and r = ‖ŷ − y‖. The probe is
 * rounded to t·v, integers v, with the rest f = p − t·v. Since ⟨p,ŷ⟩ = s·t·⟨v,u−m⟩ + ⟨f,ŷ⟩, and by Cauchy and Schwarz,
 *
 * <pre>  ⟨p,y⟩ ≤ s·t·⟨v,u−m⟩ + ‖f‖·‖ŷ‖ + ⟨p,y−ŷ⟩</pre>
 *
 * <p><b>Exact.</b> ⟨p,y−ŷ⟩ ≤ ‖p‖·r always. s is the best one for u (s = ⟨u−m,y⟩/‖u−m‖²), so ŷ is a projection of y and
 * ‖ŷ‖² ≤ n.
 *
 * <p><b>Bounded.</b> Codes are of z = R·y and the probe of R·p, with a rotation R that was drawn at random, uniformly
 * among all, when the index was made, independent of probe and reference. s is chosen so that ŷ is z plus something at a
 * right angle to it, of length r (s = n/⟨u−m,z⟩; the estimator of RaBitQ, Gao and Long, SIGMOD 2024). Given z, what of R·p
 * is at a right angle to z points anywhere in d−1 dimensions with equal chance, so ⟨R·p,z−ŷ⟩ = ‖p‖·sin θ·r·T, where T is a
 * coordinate of a uniform unit vector there, for which P(T > τ) ≤ ½·(1−τ²)^((d−2)/2). (The difference of the two sides is 0 at
 * τ = 0 and at τ = 1, and its derivative, (1−τ²)^((d−4)/2) times a factor that falls with τ, is first positive and then negative.)
 * With τ = √(1 − (2ε)^(2/(d−2))) the term is more than ‖p‖·r·τ with probability at most ε. Two stages with half the
 * probability each miss a reference with at most the whole. ‖ŷ‖² = n + r².
 *
 * <p><b>No square roots.</b> 2·‖f‖·‖ŷ‖ ≤ ‖f‖·(‖ŷ‖²/w + w) for any w > 0; w = ‖p‖ is near the best, as references lie about
 * as far from the centre as probes. So a reference is farther than the limit L if
 *
 * <pre>  ‖p‖² − L² − ‖f‖·w + n·(1 − ‖f‖/w) − 2·‖p‖·τ·r − r²·‖f‖/w − 2·t·s·⟨v,u−m⟩ > 0</pre>
 *
 * where exact has τ = 1 and leaves out the term with r².
 *
 * <p><b>Rounding.</b> This is computed in float32 from factors rounded to it (r upwards; s is what the code was measured
 * with), at most eight roundings a term, each of at most 2⁻²⁴ of it. ⟨v,u−m⟩ is a half-integer below 2²³, so it is exact.
 * The terms add up in size to at most 7·‖p‖² + L² + 4·n + 3·r², so 2⁻¹⁷·(‖p‖² + L² + n + r²) is more than the error, that of a
 * rotation done in float32 (below 2⁻²¹ of ‖p‖·‖y‖) included, and is subtracted; 10⁻³⁰ covers underflow. The distance that the limit is compared with is itself
 * summed in float32 with a relative error below (d/8 + 16)·2⁻²⁴, so L² is widened by twice that.
 *
 * @param squaredNorm  ‖p‖²
 * @param widening     of L²
 * @param restByProbe  ‖f‖·w
 * @param normFactor   of n
 * @param radiusFactor of r
 * @param squareFactor of r²
 * @param sumFactor    of s·⟨v,u−m⟩
 * @param offset       ⟨v,u−m⟩ less the integer sum that a kernel computes
 */
record Bound(
        double squaredNorm,
        double widening,
        double restByProbe,
        float normFactor,
        float radiusFactor,
        float squareFactor,
        float sumFactor,
        float offset) {
    private static final double SLACK = 0x1p-17;
    private static final double UNDERFLOW = 1e-30;
    private static final double FLOAT_ROUNDING = 0x1p-24;

    /** @param offset ⟨v,u−m⟩ less the kernel's sum */
    static Bound exact(ProbeCode probe, double offset) {
        double restShare = probe.rest() / probe.weight();
        return new Bound(
                probe.squaredNorm(),
                widening(probe.dimension()),
                probe.rest() * probe.weight(),
                (float) (1 - restShare - SLACK),
                (float) (2 * Math.sqrt(probe.squaredNorm())),
                (float) SLACK,
                (float) (2 * probe.step()),
                (float) offset);
    }

    /** @param missProbability of one stage */
    static Bound bounded(ProbeCode probe, double offset, double missProbability) {
        double restShare = probe.rest() / probe.weight();
        double reach = reach(probe.dimension(), missProbability);
        return new Bound(
                probe.squaredNorm(),
                widening(probe.dimension()),
                probe.rest() * probe.weight(),
                (float) (1 - restShare - SLACK),
                (float) (2 * Math.sqrt(probe.squaredNorm()) * reach),
                (float) (restShare + SLACK),
                (float) (2 * probe.step()),
                (float) offset);
    }

    /** The part of the expression that depends on neither code nor reference. */
    float base(double squaredLimit) {
        double limit = squaredLimit * (1 + widening);
        return (float) (squaredNorm - limit - restByProbe - SLACK * (squaredNorm + limit) - UNDERFLOW);
    }

    /**
     * The least squared distance less the squared limit; above 0 the reference can be left out. Every form of the kernel
     * does these operations in this order.
     *
     * @param base what {@link #base} says of the limit
     */
    float least(Factors factors, int slot, int sum, float base) {
        float radius = factors.radius[slot];
        return base
                + normFactor * factors.norm[slot]
                - radiusFactor * radius
                - squareFactor * (radius * radius)
                - sumFactor * (factors.scale[slot] * (sum + offset));
    }

    /** τ of a probability: what a coordinate of a uniform unit vector of one dimension less exceeds no more often. */
    static double reach(int dimension, double probability) {
        return dimension <= 2 ? 1 : Math.sqrt(1 - Math.pow(2 * probability, 2.0 / (dimension - 2)));
    }

    static float roundedUp(double value) {
        float rounded = (float) value;
        return value == 0 ? 0 : Math.nextUp(rounded);
    }

    private static double widening(int dimension) {
        return 2 * (dimension / 8.0 + 16) * FLOAT_ROUNDING;
    }
}
