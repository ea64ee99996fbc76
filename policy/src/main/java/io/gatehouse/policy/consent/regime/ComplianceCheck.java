package io.gatehouse.policy.consent.regime;

import io.gatehouse.policy.consent.regime.DutyFinding.State;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds what a site says of itself against a regime, duty by duty. It believes the site, and it checks only what the
 * regime's document lists: a site without findings is not thereby lawful. Immutable and thread-safe.
 */
public final class ComplianceCheck {
    /** From this share of the people that must be filed on, a warning is given. */
    private static final double NEAR = 0.9;

    private final Regime regime;

    private ComplianceCheck(Regime regime) {
        this.regime = Objects.requireNonNull(regime, "regime");
    }

    public static ComplianceCheck of(Regime regime) {
        return new ComplianceCheck(regime);
    }

    /** A finding for each duty, in the order of the regime's document, preceded by one for each ground it does not know. */
    public List<DutyFinding> check(SiteFacts site, LocalDate today) {
        List<DutyFinding> findings = new ArrayList<>();
        for (Processing each : site.processings()) {
            if (!regime.allows(each.basis(), each.isBiometric())) {
                findings.add(unknownGround(each));
            }
        }
        regime.duties().forEach(duty -> findings.add(check(duty, site, today)));
        return List.copyOf(findings);
    }

    /** Only what is missing or will be. */
    public List<DutyFinding> missing(SiteFacts site, LocalDate today) {
        return check(site, today).stream()
                .filter(finding -> finding.state() != State.MET)
                .toList();
    }

    private DutyFinding unknownGround(Processing processing) {
        Duty duty = new Duty(
                "ground",
                DutyCheck.PROCESSING_RECORDS,
                "Data are used on a ground that the law knows.",
                regime.name(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
        return missing(
                duty,
                processing.dataClass() + " for " + processing.purpose() + " are used on the ground "
                        + processing.basis() + ", which " + regime.name() + " does not know for such data: ask for "
                        + (processing.isBiometric() ? regime.biometricBases() : regime.otherBases()));
    }

    private DutyFinding check(Duty duty, SiteFacts site, LocalDate today) {
        return switch (duty.check()) {
            case SEPARATE_CONSENT -> consent(duty, site, false);
            case WRITTEN_RELEASE -> consent(duty, site, true);
            case ANSWERS_ALONE_FROM ->
                flag(
                        duty,
                        site.answersAloneFrom() >= regime.answersAloneFrom(),
                        "the consent register asks guardians of people under " + site.answersAloneFrom()
                                + "; the regime asks for under " + regime.answersAloneFrom());
            case NOT_SOLE_METHOD ->
                flag(
                        duty,
                        site.onlyFacePlaces().isEmpty(),
                        "nothing but a face opens " + site.onlyFacePlaces() + ": give people another way");
            case IMPACT_ASSESSMENT -> assessment(duty, site, today);
            case FILING -> filing(duty, site, today);
            case LOCAL_STORAGE ->
                flag(duty, site.isStoredLocally(), "biometric data leave the site's devices: keep them there");
            case RETENTION_STATED -> retentionStated(duty, site);
            case RETENTION_AT_MOST -> retentionAtMost(duty, site, duty.time().orElseThrow());
            case PUBLISHED_POLICY ->
                flag(duty, site.isPolicyPublished(), "the retention policy is not open to the public: publish it");
            case PROCESSING_RECORDS ->
                flag(duty, site.hasRecords(), "there is no record of processing activities: write one");
        };
    }

    private static DutyFinding consent(Duty duty, SiteFacts site, boolean isSigned) {
        String together = site.processings().stream()
                .filter(each -> each.isBiometric() && each.basis().isConsent() && !each.isSeparate())
                .map(each -> each.dataClass() + " for " + each.purpose())
                .collect(Collectors.joining(", "));
        if (!together.isEmpty()) {
            return missing(duty, "consent is asked for together with other things: " + together);
        }
        return flag(duty, !isSigned || site.isSigned(), "people do not sign when they consent: have them sign");
    }

    private static DutyFinding assessment(Duty duty, SiteFacts site, LocalDate today) {
        LocalDate start = site.startsOn().orElse(today);
        if (site.assessedOn().isEmpty()) {
            return site.startsOn().filter(day -> day.isAfter(today)).isPresent()
                    ? new DutyFinding(
                            duty, State.WARNING, "the impact is to be assessed before the start", site.startsOn())
                    : missing(duty, "the impact was never assessed: assess it, and stop until then");
        }
        if (site.assessedOn().get().isAfter(start)) {
            return missing(
                    duty, "the impact was assessed on " + site.assessedOn().get() + ", after the start on " + start);
        }
        Optional<LocalDate> keep =
                duty.time().map(time -> site.assessedOn().get().plus(time));
        boolean isKept = keep.isEmpty()
                || site.assessmentKeptUntil()
                        .filter(day -> !day.isBefore(keep.get()))
                        .isPresent();
        return flag(
                duty,
                isKept,
                "the record of the assessment must be kept until "
                        + keep.map(LocalDate::toString).orElse("-") + ": it is kept until "
                        + site.assessmentKeptUntil().map(LocalDate::toString).orElse("no stated day"));
    }

    private static DutyFinding filing(Duty duty, SiteFacts site, LocalDate today) {
        int limit = duty.people().orElseThrow();
        String stored = site.peopleStored() + " people are stored, from " + limit + " on it must be filed";
        if (site.filedOn().isPresent()) {
            return new DutyFinding(
                    duty, State.MET, stored + ": filed on " + site.filedOn().get(), Optional.empty());
        }
        if (site.peopleStored() < limit && site.manySince().isEmpty()) {
            return site.peopleStored() >= NEAR * limit
                    ? new DutyFinding(duty, State.WARNING, stored + ": prepare the filing", Optional.empty())
                    : new DutyFinding(duty, State.MET, stored, Optional.empty());
        }
        LocalDate since = site.manySince().orElse(today);
        LocalDate due = plusWorkingDays(since, duty.withinWorkingDays().orElseThrow(), site.holidays());
        State state = today.isAfter(due) ? State.MISSING : State.WARNING;
        return new DutyFinding(duty, state, stored + ", as many since " + since + ": file by " + due, Optional.of(due));
    }

    /** The day itself does not count. */
    static LocalDate plusWorkingDays(LocalDate from, int days, Set<LocalDate> holidays) {
        LocalDate day = from;
        for (int counted = 0; counted < days; ) {
            day = day.plusDays(1);
            boolean isWeekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
            if (!isWeekend && !holidays.contains(day)) {
                counted++;
            }
        }
        return day;
    }

    private static DutyFinding retentionStated(Duty duty, SiteFacts site) {
        String unstated = site.processings().stream()
                .map(Processing::dataClass)
                .distinct()
                .filter(each -> !site.retention().containsKey(each))
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining(", "));
        return flag(duty, unstated.isEmpty(), "nothing says how long these are kept: " + unstated);
    }

    private static DutyFinding retentionAtMost(Duty duty, SiteFacts site, Period most) {
        LocalDate any = LocalDate.of(2024, 1, 1);
        String tooLong = site.processings().stream()
                .filter(Processing::isBiometric)
                .map(Processing::dataClass)
                .distinct()
                .filter(each -> Optional.ofNullable(site.retention().get(each))
                        .filter(kept -> !any.plus(kept).isAfter(any.plus(most)))
                        .isEmpty())
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining(", "));
        return flag(duty, tooLong.isEmpty(), "these are kept for longer than " + most + ", or nobody says: " + tooLong);
    }

    private static DutyFinding flag(Duty duty, boolean isMet, String otherwise) {
        return isMet ? new DutyFinding(duty, State.MET, duty.text(), Optional.empty()) : missing(duty, otherwise);
    }

    private static DutyFinding missing(Duty duty, String message) {
        return new DutyFinding(duty, State.MISSING, message, Optional.empty());
    }
}
