package io.gatehouse.policy.consent.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.consent.regime.DutyFinding.State;
import io.gatehouse.policy.consent.request.RequestKind;
import io.gatehouse.policy.document.DocumentException;
import io.gatehouse.policy.document.DocumentSource;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RegimeTest {
    private static final DataClass FACE = DataClass.FACE_TEMPLATE;
    private static final LocalDate START = LocalDate.of(2026, 3, 2);
    private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

    private static Processing faces(LegalBasis basis, boolean isSeparate) {
        return new Processing(Purpose.ACCESS, FACE, true, basis, "staff agreement 7", isSeparate);
    }

    /** A site that has all that PIPL's document asks. */
    private static SiteFacts.Builder good() {
        return SiteFacts.builder()
                .processings(faces(LegalBasis.CONSENT, true))
                .startsOn(START)
                .answersAloneFrom(14)
                .assessed(START.minusDays(10), START.minusDays(10).plusYears(3))
                .storedLocally()
                .keeps(FACE, Period.ofMonths(6));
    }

    private static List<String> missing(String regime, SiteFacts site, LocalDate today) throws IOException {
        return ComplianceCheck.of(Regime.shipped(regime)).missing(site, today).stream()
                .map(finding -> finding.duty().id())
                .toList();
    }

    @Test
    void shippedRegimesAreReadAndEachRuleNamesItsSource() throws IOException {
        for (String id : Regime.SHIPPED) {
            Regime regime = Regime.shipped(id);
            assertThat(regime.id()).isEqualTo(id);
            assertThat(regime.duties())
                    .isNotEmpty()
                    .allSatisfy(duty -> assertThat(duty.source()).isNotBlank());
            assertThat(regime.biometricBases()).isNotEmpty();
        }
        assertThat(Regime.shipped("gdpr").deadlines()).hasSize(RequestKind.values().length);
        assertThatThrownBy(() -> Regime.shipped("ccpa")).hasMessageContaining("ccpa");
    }

    @Test
    @DisplayName("ATT-1 a site that keeps to PIPL has no findings, and each thing left out is one")
    void listsWhatIsMissingForPipl() throws IOException {
        assertThat(missing("pipl", good().build(), TODAY)).isEmpty();
        assertThat(missing("pipl", SiteFacts.builder().startsOn(START).build(), TODAY))
                .containsExactly("guardian", "impact-assessment", "kept-in-device");
        assertThat(missing("pipl", good().onlyFaceAt("vault").build(), TODAY)).containsExactly("other-way");
        assertThat(missing(
                        "pipl",
                        good().processings(faces(LegalBasis.CONSENT, false)).build(),
                        TODAY))
                .containsExactly("separate-consent");
        assertThat(missing(
                        "pipl",
                        good().processings(faces(LegalBasis.LEGITIMATE_INTERESTS, false))
                                .build(),
                        TODAY))
                .containsExactly("ground");
        assertThat(missing("pipl", good().answersAloneFrom(13).build(), TODAY)).containsExactly("guardian");
    }

    @Test
    void impactIsAssessedBeforeTheStartAndTheRecordKeptForThreeYears() throws IOException {
        LocalDate late = START.plusDays(1);
        assertThat(missing("pipl", good().assessed(late, late.plusYears(9)).build(), TODAY))
                .containsExactly("impact-assessment");
        LocalDate day = START.minusDays(10);
        assertThat(missing(
                        "pipl",
                        good().assessed(day, day.plusYears(3).minusDays(1)).build(),
                        TODAY))
                .containsExactly("impact-assessment");
        SiteFacts planned = SiteFacts.builder().startsOn(TODAY.plusDays(30)).build();
        assertThat(ComplianceCheck.of(Regime.shipped("pipl")).missing(planned, TODAY))
                .filteredOn(finding -> finding.duty().check() == DutyCheck.IMPACT_ASSESSMENT)
                .singleElement()
                .satisfies(finding -> assertThat(finding.state()).isEqualTo(State.WARNING));
    }

    @Test
    @DisplayName("ATT-1 from 100,000 people on it is filed within 30 working days: counted, and warned before")
    void filingIsCountedAndWarnedOf() throws IOException {
        ComplianceCheck check = ComplianceCheck.of(Regime.shipped("pipl"));
        assertThat(check.missing(good().peopleStored(89_999).build(), TODAY)).isEmpty();
        assertThat(check.missing(good().peopleStored(90_000).build(), TODAY))
                .extracting(DutyFinding::state)
                .containsExactly(State.WARNING);
        // Monday 1 June 2026; the dragon boat festival's Friday 19 June is a holiday.
        SiteFacts many = good().peopleStored(100_000)
                .manySince(TODAY)
                .holidays(Set.of(LocalDate.of(2026, 6, 19)))
                .build();
        LocalDate due = LocalDate.of(2026, 7, 14);
        assertThat(check.missing(many, due)).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(State.WARNING);
            assertThat(finding.due()).contains(due);
        });
        assertThat(check.missing(many, due.plusDays(1)))
                .extracting(DutyFinding::state)
                .containsExactly(State.MISSING);
        assertThat(check.missing(
                        good().peopleStored(100_000)
                                .manySince(TODAY)
                                .filedOn(due)
                                .build(),
                        due))
                .isEmpty();
    }

    @Test
    void limitIsRecordedOnceWhenItIsReached() throws IOException {
        List<LedgerEvent> recorded = new ArrayList<>();
        FilingWatch watch = FilingWatch.create(Regime.shipped("pipl"), recorded::add, () -> Instant.EPOCH);
        assertThat(watch.count(99_999)).isFalse();
        assertThat(watch.count(100_000)).isTrue();
        assertThat(watch.count(100_001)).isTrue();
        assertThat(recorded)
                .singleElement()
                .satisfies(event -> assertThat(event.facts())
                        .containsEntry("people", "100000")
                        .containsEntry("regime", "pipl"));
        assertThatThrownBy(() -> FilingWatch.create(Regime.shipped("bipa"), recorded::add, () -> Instant.EPOCH))
                .hasMessageContaining("no duty to file");
    }

    @Test
    void bipaAsksForASignedReleaseAPolicyAndThreeYearsAtMost() throws IOException {
        SiteFacts.Builder site = SiteFacts.builder()
                .processings(faces(LegalBasis.WRITTEN_RELEASE, true))
                .answersAloneFrom(18)
                .signed()
                .policyPublished()
                .keeps(FACE, Period.ofYears(3));
        assertThat(missing("bipa", site.build(), TODAY)).isEmpty();
        assertThat(missing("bipa", site.keeps(FACE, Period.ofMonths(37)).build(), TODAY))
                .containsExactly("retention");
        assertThat(missing(
                        "bipa",
                        SiteFacts.builder()
                                .processings(faces(LegalBasis.WRITTEN_RELEASE, true))
                                .build(),
                        TODAY))
                .containsExactly("written-release", "guardian", "published-policy", "retention");
    }

    @Test
    @DisplayName("ATT-1 a ground other than consent holds only where the regime knows it for such data")
    void otherGroundsHoldWhereTheRegimeKnowsThem() throws IOException {
        LawfulBasis nobody = (person, purpose, dataClass) ->
                LawfulBasis.Answer.refused(Reason.of("consent.none", "Nobody was asked."));
        Processing roster = new Processing(
                Purpose.ATTENDANCE, DataClass.of("passage"), false, LegalBasis.CONTRACT, "contract of work", false);
        DeclaredBases bases = DeclaredBases.create(
                Regime.shipped("gdpr"), List.of(roster, faces(LegalBasis.EXPLICIT_CONSENT, true)), nobody);
        PersonId li = PersonId.of("li");
        assertThat(code(bases, li, Purpose.ATTENDANCE, DataClass.of("passage"))).isEqualTo("lawful");
        assertThat(code(bases, li, Purpose.ACCESS, FACE)).isEqualTo("consent.none");
        assertThat(code(bases, li, Purpose.ATTENDANCE, FACE)).isEqualTo("basis.not-declared");
        assertThatThrownBy(() -> DeclaredBases.create(
                        Regime.shipped("gdpr"), List.of(faces(LegalBasis.LEGITIMATE_INTERESTS, false)), nobody))
                .hasMessageContaining("LEGITIMATE_INTERESTS");
        assertThatThrownBy(() -> DeclaredBases.create(Regime.shipped("gdpr"), List.of(roster, roster), nobody))
                .hasMessageContaining("twice");
    }

    private static String code(LawfulBasis basis, PersonId person, Purpose purpose, DataClass dataClass) {
        return basis.basisFor(person, purpose, dataClass)
                .refusal()
                .map(Reason::code)
                .orElse("lawful");
    }

    @Test
    void refusesDocumentsThatAreNoRegimes() {
        String good = """
                regime: x
                name: X
                as-of: "2026-01-01"
                answers-alone-from: {years: 14, source: s}
                bases: []
                requests: {}
                duties:
                  - {id: a, check: filing, text: t, source: s, people: 5, within-working-days: 3}
                """;
        assertThat(read(good)).isEmpty();
        assertThat(read(good.replace("filing", "praying"))).contains("one of");
        assertThat(read(good.replace(", people: 5", ""))).contains("people");
        assertThat(read(good.replace("source: s, people", "people"))).contains("source");
        assertThat(read(good.replace("\"2026-01-01\"", "soon"))).contains("2026-01-31");
        assertThat(read(good.replace("regime: x", "regime: X y"))).contains("lower-case");
        assertThat(read(good.replace("requests: {}", "requests: {access: {time: P0D, source: s}}")))
                .contains("some time");
        assertThat(read(good.replace("bases: []", "bases: [{data: all, allows: [], source: s}]")))
                .contains("biometric or other");
    }

    private static String read(String text) {
        try {
            Regime.read(DocumentSource.of("x.yaml", text));
            return "";
        } catch (DocumentException e) {
            return String.valueOf(e.getMessage());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
