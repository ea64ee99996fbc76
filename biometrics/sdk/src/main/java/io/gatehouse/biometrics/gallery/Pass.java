package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.gallery.References.Candidate;
import io.gatehouse.biometrics.model.Calibration.Threshold;
import java.util.List;

/** What one look at the references gave for one probe, before anybody's lawful basis was asked. */
sealed interface Pass {
    /** How many references the probe's rate was held against; of a comparison 1, or 0 if there is no such person. */
    int references();

    /**
     * A search.
     *
     * @param within  people within the threshold, nearest first
     * @param nearest the nearest people, as many as were asked for
     */
    record Made(Shelf shelf, Threshold threshold, int references, List<Candidate> within, List<Candidate> nearest)
            implements Pass {}

    /** No search, and why. */
    record NotMade(SearchResult.Refused refused, int references) implements Pass {}
}
