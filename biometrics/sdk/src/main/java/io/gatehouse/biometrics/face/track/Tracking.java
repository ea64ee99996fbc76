package io.gatehouse.biometrics.face.track;

import io.gatehouse.core.reason.Reason;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What a tracker makes of a frame. Sealed, immutable, thread-safe. */
public sealed interface Tracking {
    <T> T fold(Function<? super Followed, ? extends T> followed, Function<? super Refused, ? extends T> refused);

    /**
     * The frame was looked at.
     *
     * @param tracks one for each sighting, in their order; empty where there are too many faces to follow
     * @param ended  those that ended with this frame
     */
    record Followed(List<Optional<Track>> tracks, List<Track> ended) implements Tracking {
        public Followed {
            tracks = List.copyOf(tracks);
            ended = List.copyOf(ended);
        }

        @Override
        public <T> T fold(
                Function<? super Followed, ? extends T> followed, Function<? super Refused, ? extends T> refused) {
            return followed.apply(this);
        }
    }

    /** The frame was passed over and nothing changed: {@code face.track.order}, it is older than the one before. */
    record Refused(Reason reason) implements Tracking {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Followed, ? extends T> followed, Function<? super Refused, ? extends T> refused) {
            return refused.apply(this);
        }
    }
}
