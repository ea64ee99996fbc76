package io.gatehouse.biometrics.face.track;

import io.gatehouse.biometrics.face.message.FaceMessages;
import io.gatehouse.biometrics.face.track.BestShotResult.Chosen;
import io.gatehouse.biometrics.face.track.BestShotResult.Counted;
import io.gatehouse.biometrics.face.track.BestShotResult.PassedOver;
import io.gatehouse.biometrics.face.track.BestShotResult.Refused;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.reason.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one template of the best frames of one face: their mean, weighted by quality. The mean of several looks is nearer
 * to the person than any one look, and its length is theirs. It is a little nearer to strangers too, since what was
 * chance in each look is gone: on blurred and noisy pictures of LFW (five frames, {@code BestShotMeasurementTest}) people
 * came 7 % nearer to themselves and strangers 2 %, so that a threshold for a false match rate of 1e-2 let nearly twice as
 * many strangers match; calibrate with best shots where that matters. For one thread at a time; keeps at most
 * {@link BestShotOptions#maxFrames} templates.
 *
 * <p>All frames must show one person: once two good enough frames do not match, there is no template at all, for whoever
 * is swapped in may be the one who passed the liveness check, or the one who is looked for. One attack refuses it too.
 */
public final class BestShot {
    private static final int MAX_NOTES = 64;
    private static final Comparator<Shot> BEST_FIRST =
            Comparator.comparingDouble(Shot::quality).reversed().thenComparing(Shot::capturedAt);
    private static final Reason LESS_GOOD = FaceMessages.reason("face.track.less-good");
    private static final Reason NOT_NEEDED = FaceMessages.reason("face.track.not-needed");
    private static final Reason LOW_QUALITY = FaceMessages.reason("face.track.low-quality");
    private static final Reason INCONSISTENT = FaceMessages.reason("face.track.inconsistent");
    private static final Reason TOO_FEW = FaceMessages.reason("face.track.too-few");

    private final BestShotOptions options;
    private final double sameFace;
    private final List<Shot> kept = new ArrayList<>();
    private final List<PassedOver> passedOver = new ArrayList<>();
    private @Nullable Reason end;
    private @Nullable Reason lastRefusal;

    private BestShot(BestShotOptions options, double sameFace) {
        this.options = Objects.requireNonNull(options, "options");
        this.sameFace = sameFace;
    }

    /**
     * An empty one.
     *
     * @param calibration of the pack that makes the templates
     * @throws IllegalArgumentException if the calibration does not reach the options' rate
     */
    public static BestShot create(BestShotOptions options, Calibration calibration) {
        return new BestShot(options, calibration.distanceAt(options.sameFaceRate()));
    }

    /** Takes the next frame. */
    public void offer(Shot shot) {
        Optional<Reason> why = judge(shot);
        if (why.isPresent()) {
            note(shot, why.get());
            return;
        }
        kept.add(shot);
        kept.sort(BEST_FIRST);
        if (kept.size() > options.maxFrames()) {
            note(kept.remove(kept.size() - 1), LESS_GOOD);
        }
    }

    /** Whether more frames would change nothing or little: there are enough good ones, or there is no hope. */
    public boolean isDone() {
        return end != null
                || (kept.size() >= options.minFrames()
                        && kept.get(options.minFrames() - 1).quality() >= options.enoughQuality());
    }

    /** What the frames by now give. */
    public BestShotResult result() {
        Reason over = end;
        if (over != null) {
            return new Refused(over, passedOver);
        }
        if (kept.size() < options.minFrames()) {
            Reason hint = lastRefusal;
            return new Refused(kept.isEmpty() && hint != null ? hint : TOO_FEW, passedOver);
        }
        // A frame without any quality that was let in all the same counts a little.
        double sum = kept.stream().mapToDouble(BestShot::weight).sum();
        List<Counted> counted = kept.stream()
                .map(shot -> new Counted(shot.capturedAt(), shot.quality(), weight(shot) / sum))
                .toList();
        double quality = counted.stream()
                .mapToDouble(each -> each.quality() * each.weight())
                .sum();
        return new Chosen(mean(counted), Math.min(100, quality), counted, passedOver);
    }

    private Optional<Reason> judge(Shot shot) {
        if (end != null) {
            return Optional.of(end);
        }
        Template template = shot.template().orElse(null);
        if (template == null) {
            return shot.refusal().map(this::refuse);
        }
        if (shot.quality() < options.minQuality()) {
            lastRefusal = LOW_QUALITY;
            return Optional.of(LOW_QUALITY);
        }
        // Looked at also when no more is needed: an exchange after the best frames is an exchange.
        for (Shot other : kept) {
            if (other.template().orElseThrow().distance(template) >= sameFace) {
                end = INCONSISTENT;
                return Optional.of(INCONSISTENT);
            }
        }
        return isDone() ? Optional.of(NOT_NEEDED) : Optional.empty();
    }

    private Reason refuse(Reason refusal) {
        lastRefusal = refusal;
        if (refusal.code().equals("face.attack")) {
            end = refusal;
        }
        return refusal;
    }

    private void note(Shot shot, Reason reason) {
        if (passedOver.size() < MAX_NOTES) {
            passedOver.add(new PassedOver(shot.capturedAt(), shot.quality(), reason));
        }
    }

    private static double weight(Shot shot) {
        return Math.max(1, shot.quality());
    }

    /** The weighted mean of the directions, as long as the vectors are on average: a mean alone is shorter than they. */
    private Template mean(List<Counted> counted) {
        Template first = kept.get(0).template().orElseThrow();
        if (kept.size() == 1) {
            return first;
        }
        double[] direction = new double[first.dimension()];
        double length = 0;
        for (int i = 0; i < kept.size(); i++) {
            float[] vector = kept.get(i).template().orElseThrow().vector();
            double own = length(vector);
            length += own * counted.get(i).weight();
            for (int j = 0; j < vector.length; j++) {
                direction[j] += vector[j] / own * counted.get(i).weight();
            }
        }
        float[] mean = new float[direction.length];
        for (int j = 0; j < mean.length; j++) {
            mean[j] = (float) direction[j];
        }
        double stretch = length / length(mean);
        for (int j = 0; j < mean.length; j++) {
            mean[j] = (float) (direction[j] * stretch);
        }
        return Template.of(first.packId(), mean);
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }
}
