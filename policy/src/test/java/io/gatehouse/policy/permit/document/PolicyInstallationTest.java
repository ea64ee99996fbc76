package io.gatehouse.policy.permit.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.document.DocumentLimits;
import io.gatehouse.policy.permit.Campuses;
import io.gatehouse.policy.permit.PermitDecider;
import io.gatehouse.policy.permit.rule.GroupTree;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PolicyInstallationTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final PolicySigner ANNA = PolicySigner.generate("anna", "Anna", RANDOM);
    private static final PolicySigner ANNAS_OTHER = PolicySigner.generate("anna-2", "Anna", RANDOM);
    private static final PolicySigner BO = PolicySigner.generate("bo", "Bo", RANDOM);

    private final List<LedgerEvent> recorded = new ArrayList<>();
    private final PermitDecider decider = PermitDecider.builder(Campuses.SITE, id -> Optional.empty())
            .events(recorded::add, InstantSource.fixed(Instant.parse("2026-05-04T08:00:00Z")))
            .build(PolicySet.of(5));
    private final PolicyInstallation installation = PolicyInstallation.create(
            decider,
            PermitDocuments.create(Campuses.SITE, DocumentLimits.standard()),
            List.of(ANNA.key(), ANNAS_OTHER.key(), BO.key()));

    @Test
    @DisplayName("REG-14 rules are versions: signed, put in force at once, recorded, and never rolled back")
    void putsSignedPoliciesInForceAndNeverGoesBack() throws IOException {
        assertThat(installation.install(ANNA.sign(policy(6, 1)))).isEmpty();
        assertThat(decider.policy()).isEqualTo(policy(6, 1));
        assertThat(recorded).hasSize(1);
        assertThat(recorded.get(0).facts()).containsEntry("version", "6").containsEntry("signers", "Anna");
        assertThat(code(ANNA.sign(policy(6, 1)))).isEqualTo("permit.package-went-back");
        assertThat(code(ANNA.sign(policy(4, 1)))).isEqualTo("permit.package-went-back");
        assertThat(installation.install(ANNA.sign(policy(4, 1).as(7)))).isEmpty();
        assertThat(decider.policy().version()).isEqualTo(7);
    }

    @Test
    void dualControlTakesTwoPeopleAndIsNotGivenUpByOne() throws IOException {
        assertThat(code(ANNA.sign(policy(6, 2)))).isEqualTo("permit.package-approvals");
        assertThat(code(ANNAS_OTHER.cosign(ANNA.sign(policy(6, 2)))))
                .as("two keys of one person")
                .isEqualTo("permit.package-approvals");
        assertThat(installation.install(BO.cosign(ANNA.sign(policy(6, 2))))).isEmpty();
        assertThat(code(ANNA.sign(policy(7, 1))))
                .as("one person gives up dual control")
                .isEqualTo("permit.package-approvals");
        assertThat(installation.install(BO.cosign(ANNA.sign(policy(7, 1))))).isEmpty();
        assertThat(installation.install(ANNA.sign(policy(8, 1)))).isEmpty();
    }

    @Test
    void refusesWhatIsNotSignedByWhomItTrusts() throws IOException {
        PolicySigner stranger = PolicySigner.generate("stranger", "Stranger", RANDOM);
        PolicySigner impostor = PolicySigner.generate("bo", "Bo", RANDOM);
        assertThat(code(stranger.sign(policy(6, 1)))).isEqualTo("permit.package-key");
        assertThat(code(stranger.cosign(ANNA.sign(policy(6, 1))))).isEqualTo("permit.package-key");
        assertThat(code(impostor.sign(policy(6, 1)))).isEqualTo("permit.package-signature");
        assertThat(code(SignedPackage.of(SignedPackage.POLICY, PermitWriter.write(policy(6, 1)))
                        .bytes()))
                .isEqualTo("permit.package-unsigned");
        assertThat(code(ANNA.sign(SignedPackage.of(SignedPackage.SNAPSHOT, PermitWriter.write(policy(6, 1))))))
                .isEqualTo("permit.package-type");
        assertThat(decider.policy()).isEqualTo(PolicySet.of(5));
        assertThat(recorded).isEmpty();
    }

    @Test
    void refusesRulesThatDoNotFitAndKeepsThoseInForce() throws IOException {
        Rule stray = Rule.permit("stray").anybody().zones(ZoneCode.of("moon")).build();
        Optional<Reason> why = installation.install(ANNA.sign(PolicySet.of(6, stray)));
        assertThat(why).isPresent();
        assertThat(why.get().text()).contains("policy.json:1:").contains("expected a zone of Campus, found 'moon'");
        assertThat(decider.policy()).isEqualTo(PolicySet.of(5));
    }

    @Test
    void aChangeThatCannotBeRecordedIsNotInForce() {
        PermitDecider silent = PermitDecider.builder(Campuses.SITE, id -> Optional.empty())
                .events(
                        event -> {
                            throw new IOException("disk full");
                        },
                        InstantSource.system())
                .build(PolicySet.of(5));
        PolicyInstallation here = PolicyInstallation.create(
                silent, PermitDocuments.create(Campuses.SITE, DocumentLimits.standard()), List.of(ANNA.key()));
        assertThatThrownBy(() -> here.install(ANNA.sign(policy(6, 1)))).isInstanceOf(IOException.class);
        assertThat(silent.policy()).isEqualTo(PolicySet.of(5));
    }

    @Test
    void everyAlteredByteAndEveryCutIsRefused() throws IOException {
        byte[] signed = BO.cosign(ANNA.sign(policy(6, 2)));
        long seed = System.nanoTime();
        System.out.println("everyAlteredByteAndEveryCutIsRefused seed " + seed);
        Random random = new Random(seed);
        for (int at = 0; at < signed.length; at++) {
            byte[] altered = signed.clone();
            altered[at] ^= (byte) (1 + random.nextInt(255));
            assertThat(installation.install(altered))
                    .as("seed %d, byte %d", seed, at)
                    .isPresent();
            assertThat(installation.install(Arrays.copyOf(signed, at)))
                    .as("cut at %d", at)
                    .isPresent();
        }
        assertThat(decider.policy().version()).isEqualTo(5);
        assertThat(installation.install(signed)).isEmpty();
    }

    private String code(byte[] signed) throws IOException {
        return installation.install(signed).map(Reason::code).orElse("installed");
    }

    private static PolicySet policy(long version, int approvals) {
        Rule rule = Rule.permit("all").anybody().anywhere().build();
        return new PolicySet(version, List.of(rule), GroupTree.undeclared(), Set.of(), approvals);
    }
}
