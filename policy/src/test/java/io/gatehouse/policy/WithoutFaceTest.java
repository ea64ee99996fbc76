package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.Zone;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.policy.consent.ConsentRegister;
import io.gatehouse.policy.consent.ConsentSubject;
import io.gatehouse.policy.consent.JdbcConsentRegister;
import io.gatehouse.policy.consent.Notice;
import io.gatehouse.policy.permit.PermitDecider;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutFaceTest {
    private static final Instant NOW = Instant.parse("2026-05-04T08:00:00Z");
    private static final Portal DOOR =
            new Portal(PortalId.of("door"), "Door", PortalKind.DOOR, ZoneCode.OUTSIDE, ZoneCode.of("office"));
    private static final Site SITE =
            new Site("Office", ZoneOffset.UTC, List.of(Zone.of("office", "Office")), List.of(DOOR));
    private static final Person LI = new Person(PersonId.of("li"), "Li", PersonKind.EMPLOYEE, Set.of());

    @TempDir
    Path directory;

    @Test
    @DisplayName("ATT-4 who refuses or withdraws face consent passes by card, code or a guard's word as before")
    void otherWaysStayOpenWithoutFaceConsent() throws IOException {
        Notice notice = Notice.of("face", 1, "en", "We compare faces at the door.");
        PermitDecider decider = PermitDecider.create(
                SITE,
                id -> Optional.of(LI),
                PolicySet.of(
                        1,
                        Rule.permit("staff")
                                .kinds(PersonKind.EMPLOYEE)
                                .anywhere()
                                .build()));
        ConsentSubject subject = ConsentSubject.of(LI.id(), Purpose.ACCESS, DataClass.FACE_TEMPLATE);
        try (Store store = Stores.open(directory.resolve("consent.db"))) {
            ConsentRegister register = JdbcConsentRegister.create(
                    store,
                    StoreVault.open(
                            store,
                            KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")),
                            InstantSource.fixed(NOW)),
                    InstantSource.fixed(NOW));
            register.publish(notice, Purpose.ACCESS, DataClass.FACE_TEMPLATE);
            register.give(subject, notice, "kiosk");
            List<Decision> before = otherWays(decider);
            register.withdraw(subject, "app");
            assertThat(register.basisFor(LI.id(), Purpose.ACCESS, DataClass.FACE_TEMPLATE)
                            .isLawful())
                    .isFalse();
            assertThat(otherWays(decider)).isEqualTo(before).allMatch(Decision::isGranted);
        }
    }

    private static List<Decision> otherWays(PermitDecider decider) {
        return List.of(Method.CARD, Method.CODE, Method.MANUAL).stream()
                .map(method -> decider.decide(
                        new AccessRequest(Identity.Known.of(LI.id(), method, 60), DOOR, Direction.ENTRY, NOW)))
                .toList();
    }
}
