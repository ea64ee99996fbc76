package io.gatehouse.biometrics.face.track;

import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.face.track.Track.Phase;
import io.gatehouse.biometrics.model.Template;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a tracker knows of one face: where it goes, and how well a sighting fits. For one thread at a time. */
final class Trail {
    private static final double NEW_SPEED = 0.5;
    private static final double LONGEST_GLIDE_SECONDS = 0.5;
    // So that a pair at the very edge of the gate is still a pair.
    private static final double LEAST_GAIN = 1e-3;

    private final long id;
    private final Instant firstSeen;
    private final TrackerOptions options;
    private Instant lastSeen;
    private FaceBox box;
    private @Nullable Template template;
    private double speedX;
    private double speedY;
    private int sightings = 1;

    Trail(long id, Instant at, Sighting sighting, TrackerOptions options) {
        this.id = id;
        this.firstSeen = at;
        this.lastSeen = at;
        this.box = sighting.box();
        this.template = sighting.template().orElse(null);
        this.options = options;
    }

    /** How well a sighting fits, above 0 to 1; 0 if it is somebody else. */
    double gain(Instant at, Sighting sighting, double sameFace) {
        double seconds = secondsUntil(at);
        FaceBox seen = sighting.box();
        double size = Math.sqrt(Math.sqrt(box.area() * seen.area()));
        double glide = Math.min(seconds, LONGEST_GLIDE_SECONDS);
        double away = Math.hypot(
                        seen.centreX() - box.centreX() - speedX * glide,
                        seen.centreY() - box.centreY() - speedY * glide)
                / size;
        double gate = options.maxShift() + options.maxSpeed() * seconds;
        double grown = Math.sqrt(Math.max(seen.area(), box.area()) / Math.min(seen.area(), box.area()));
        if (away > gate || grown > options.maxGrowth()) {
            return 0;
        }
        double place = 0.7 * (1 - away / gate) + 0.3 / grown;
        Template known = template;
        Template found = sighting.template().orElse(null);
        if (known == null || found == null) {
            return LEAST_GAIN + place;
        }
        double distance = known.distance(found);
        // Looks weigh more than place: where two cross, place is what misleads.
        return distance >= sameFace ? 0 : LEAST_GAIN + 0.3 * place + 0.7 * (1 - distance / sameFace);
    }

    void see(Instant at, Sighting sighting) {
        double seconds = secondsUntil(at);
        FaceBox seen = sighting.box();
        if (seconds > 0) {
            speedX += NEW_SPEED * ((seen.centreX() - box.centreX()) / seconds - speedX);
            speedY += NEW_SPEED * ((seen.centreY() - box.centreY()) / seconds - speedY);
        }
        lastSeen = at;
        box = seen;
        template = sighting.template().orElse(template);
        sightings++;
    }

    boolean isOver(Instant at) {
        Duration limit = isConfirmed() ? options.confirmedLimit() : options.tentativeLimit();
        return Duration.between(lastSeen, at).compareTo(limit) > 0;
    }

    Track track() {
        return track(isConfirmed() ? Phase.CONFIRMED : Phase.TENTATIVE);
    }

    Track ended() {
        return track(Phase.ENDED);
    }

    private Track track(Phase phase) {
        return new Track(id, phase, box, firstSeen, lastSeen, sightings);
    }

    private boolean isConfirmed() {
        return sightings >= options.confirmAfter();
    }

    private double secondsUntil(Instant at) {
        return Duration.between(lastSeen, at).toNanos() / 1e9;
    }
}
