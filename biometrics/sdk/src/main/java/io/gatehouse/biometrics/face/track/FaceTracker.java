package io.gatehouse.biometrics.face.track;

import io.gatehouse.biometrics.face.message.FaceMessages;
import io.gatehouse.biometrics.face.track.Tracking.Followed;
import io.gatehouse.biometrics.face.track.Tracking.Refused;
import io.gatehouse.biometrics.model.Calibration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows the faces that one camera sees, from frame to frame, by place, size and, where sightings carry templates, by
 * looks. Each frame's faces are paired with the tracks so that all pairs together fit best. Time is the frames' capture
 * time alone. For one thread at a time; memory is bounded by {@link TrackerOptions#maxTracks}.
 *
 * <p>Two sightings with templates that do not match are never one track, whatever their place: a face that is swapped
 * for another begins a new one. Without templates two people who cross closely can swap tracks.
 */
public final class FaceTracker {
    private final TrackerOptions options;
    private final double sameFace;
    private final List<Trail> trails = new ArrayList<>();
    private @Nullable Instant last;
    private long born;

    private FaceTracker(TrackerOptions options, double sameFace) {
        this.options = Objects.requireNonNull(options, "options");
        this.sameFace = sameFace;
    }

    /**
     * A tracker.
     *
     * @param calibration   of the pack that makes the templates
     * @param falseMatchRate two sightings can be one face if they match at this rate
     * @throws IllegalArgumentException if the calibration does not reach that rate
     */
    public static FaceTracker create(TrackerOptions options, Calibration calibration, double falseMatchRate) {
        return new FaceTracker(options, calibration.distanceAt(falseMatchRate));
    }

    /** Looks at the faces of the next frame; call it for a frame without a face, too. */
    public Tracking follow(Instant capturedAt, List<Sighting> sightings) {
        List<Track> ended = new ArrayList<>();
        Instant before = last;
        if (before != null && capturedAt.isBefore(before)) {
            Duration back = Duration.between(capturedAt, before);
            if (back.compareTo(options.reorderLimit()) <= 0) {
                return new Refused(FaceMessages.reason("face.track.order", back.toMillis()));
            }
            trails.forEach(trail -> ended.add(trail.ended()));
            trails.clear();
        }
        last = capturedAt;
        end(capturedAt, ended);
        return new Followed(pair(capturedAt, sightings), ended);
    }

    /** The faces that are followed now, those out of view for a moment too. */
    public List<Track> tracks() {
        return trails.stream().map(Trail::track).toList();
    }

    private void end(Instant at, List<Track> into) {
        for (Iterator<Trail> each = trails.iterator(); each.hasNext(); ) {
            Trail trail = each.next();
            if (trail.isOver(at)) {
                into.add(trail.ended());
                each.remove();
            }
        }
    }

    private List<Optional<Track>> pair(Instant at, List<Sighting> sightings) {
        double[][] gains = new double[trails.size()][sightings.size()];
        for (int i = 0; i < gains.length; i++) {
            for (int j = 0; j < sightings.size(); j++) {
                gains[i][j] = trails.get(i).gain(at, sightings.get(j), sameFace);
            }
        }
        int[] columns = Assignment.best(gains);
        @Nullable Trail[] found = new @Nullable Trail[sightings.size()];
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] >= 0) {
                found[columns[i]] = trails.get(i);
                trails.get(i).see(at, sightings.get(columns[i]));
            }
        }
        begin(at, sightings, found);
        return Stream.of(found)
                .map(trail -> Optional.ofNullable(trail).map(Trail::track))
                .toList();
    }

    /** New tracks for the faces that fit none, the larger first. */
    private void begin(Instant at, List<Sighting> sightings, @Nullable Trail[] found) {
        List<Integer> rest = IntStream.range(0, found.length)
                .filter(i -> found[i] == null)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -sightings.get(i).box().area()))
                .toList();
        for (int index : rest) {
            if (trails.size() < options.maxTracks()) {
                Trail trail = new Trail(++born, at, sightings.get(index), options);
                trails.add(trail);
                found[index] = trail;
            }
        }
    }
}
