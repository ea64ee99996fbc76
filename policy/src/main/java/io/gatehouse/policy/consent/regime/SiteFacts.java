package io.gatehouse.policy.consent.regime;

import io.gatehouse.core.identity.DataClass;
import java.time.LocalDate;
import java.time.Period;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a site says of itself, to be held against a regime. Immutable and thread-safe; made by {@link #builder}.
 *
 * @param processings       what it uses, for what, on what ground
 * @param startsOn          when the use of biometric data began or begins
 * @param answersAloneFrom  the age that its consent register is set to; 0 asks nobody's
 * @param onlyFacePlaces    portals that nothing but a face opens, without a documented exemption
 * @param assessedOn        when the impact was assessed
 * @param assessmentKeptUntil until when the record of that is kept
 * @param peopleStored      how many people's biometric data are stored
 * @param manySince         since when there have been as many as must be filed
 * @param filedOn           when that was filed
 * @param isStoredLocally   whether biometric data stay within the site's devices
 * @param isPolicyPublished whether the retention policy is open to the public
 * @param hasRecords        whether there is a record of processing activities
 * @param isSigned          whether people sign when they consent
 * @param retention         how long each data class is kept at most
 * @param holidays          days from Monday to Friday on which nobody works
 */
public record SiteFacts(
        List<Processing> processings,
        Optional<LocalDate> startsOn,
        int answersAloneFrom,
        Set<String> onlyFacePlaces,
        Optional<LocalDate> assessedOn,
        Optional<LocalDate> assessmentKeptUntil,
        long peopleStored,
        Optional<LocalDate> manySince,
        Optional<LocalDate> filedOn,
        boolean isStoredLocally,
        boolean isPolicyPublished,
        boolean hasRecords,
        boolean isSigned,
        Map<DataClass, Period> retention,
        Set<LocalDate> holidays) {
    public SiteFacts {
        processings = List.copyOf(processings);
        onlyFacePlaces = Set.copyOf(onlyFacePlaces);
        retention = Map.copyOf(retention);
        holidays = Set.copyOf(holidays);
        if (peopleStored < 0 || answersAloneFrom < 0) {
            throw new IllegalArgumentException(
                    "neither people nor ages are negative: " + peopleStored + ", " + answersAloneFrom);
        }
    }

    /** A site that has nothing to show yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what a site says. Not thread-safe. */
    public static final class Builder {
        private List<Processing> processings = List.of();
        private Optional<LocalDate> startsOn = Optional.empty();
        private int answersAloneFrom;
        private final Set<String> onlyFacePlaces = new HashSet<>();
        private Optional<LocalDate> assessedOn = Optional.empty();
        private Optional<LocalDate> assessmentKeptUntil = Optional.empty();
        private long peopleStored;
        private Optional<LocalDate> manySince = Optional.empty();
        private Optional<LocalDate> filedOn = Optional.empty();
        private boolean isStoredLocally;
        private boolean isPolicyPublished;
        private boolean hasRecords;
        private boolean isSigned;
        private final Map<DataClass, Period> retention = new HashMap<>();
        private Set<LocalDate> holidays = Set.of();

        private Builder() {}

        public Builder processings(Processing... all) {
            processings = List.of(all);
            return this;
        }

        public Builder startsOn(LocalDate day) {
            startsOn = Optional.of(day);
            return this;
        }

        public Builder answersAloneFrom(int years) {
            answersAloneFrom = years;
            return this;
        }

        public Builder onlyFaceAt(String portal) {
            onlyFacePlaces.add(portal);
            return this;
        }

        public Builder assessed(LocalDate day, LocalDate keptUntil) {
            assessedOn = Optional.of(day);
            assessmentKeptUntil = Optional.of(keptUntil);
            return this;
        }

        public Builder peopleStored(long people) {
            peopleStored = people;
            return this;
        }

        public Builder manySince(LocalDate day) {
            manySince = Optional.of(day);
            return this;
        }

        public Builder filedOn(LocalDate day) {
            filedOn = Optional.of(day);
            return this;
        }

        public Builder storedLocally() {
            isStoredLocally = true;
            return this;
        }

        public Builder policyPublished() {
            isPolicyPublished = true;
            return this;
        }

        public Builder hasRecords() {
            hasRecords = true;
            return this;
        }

        public Builder signed() {
            isSigned = true;
            return this;
        }

        public Builder keeps(DataClass dataClass, Period atMost) {
            retention.put(dataClass, atMost);
            return this;
        }

        public Builder holidays(Set<LocalDate> days) {
            holidays = days;
            return this;
        }

        public SiteFacts build() {
            return new SiteFacts(
                    processings,
                    startsOn,
                    answersAloneFrom,
                    onlyFacePlaces,
                    assessedOn,
                    assessmentKeptUntil,
                    peopleStored,
                    manySince,
                    filedOn,
                    isStoredLocally,
                    isPolicyPublished,
                    hasRecords,
                    isSigned,
                    retention,
                    holidays);
        }
    }
}
