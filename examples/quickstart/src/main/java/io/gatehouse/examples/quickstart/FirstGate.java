package io.gatehouse.examples.quickstart;

import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.codes.redeem.JdbcRedemptions;
import io.gatehouse.codes.token.HolderReference;
import io.gatehouse.codes.token.Pass;
import io.gatehouse.codes.token.PassId;
import io.gatehouse.codes.token.PassIdentifier;
import io.gatehouse.codes.token.PassIssuer;
import io.gatehouse.codes.token.PassType;
import io.gatehouse.codes.token.PassVerifier;
import io.gatehouse.codes.token.VerificationOptions;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.ledger.StoreLedger;
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
import io.gatehouse.devices.door.RelayDoor;
import io.gatehouse.policy.permit.PermitDecider;
import io.gatehouse.policy.permit.PolicySet;
import io.gatehouse.policy.permit.Rule;
import io.gatehouse.policy.permit.WeeklyHours;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;

/** The README's first program: a door that opens for signed codes, while the rules say so, and records it. */
public final class FirstGate {
    private FirstGate() {}

    // README: from here
    public static void main(String[] args) throws Exception {
        Zone office = Zone.of("office", "Office");
        Portal front = new Portal(PortalId.of("front"), "Front door", PortalKind.DOOR, ZoneCode.OUTSIDE, office.code());
        Site site = new Site("Our house", ZoneId.systemDefault(), List.of(office), List.of(front));
        Person anna = new Person(PersonId.of("1001"), "Anna", PersonKind.EMPLOYEE, Set.of("staff"));
        Rule staff = Rule.permit("staff").groups("staff").zones(office.code()).when(WeeklyHours.daily("00:00", "23:00")).build();
        SecureRandom random = new SecureRandom();
        SigningKey key = SigningKey.generate(KeyId.of(1), random);
        KeyRing ring = KeyRing.of(key.issuerKey());
        Pass pass = Pass.builder(PassId.random(random), PassType.EMPLOYEE, HolderReference.of("1001"))
                .valid(Instant.now(), Instant.now().plus(Duration.ofHours(8))).singleUse().build();
        String code = PassIssuer.create(key, () -> ring).issue(pass).text();
        InstantSource clock = InstantSource.system();
        var scheduler = Executors.newSingleThreadScheduledExecutor();
        try (Store store = Stores.open("sqlite:target/first-gate/gate.db");
                KeyEncryptionKey outer = KeyEncryptionKey.ofKeyFile(Path.of("target/first-gate/outer.key"));
                StoreVault vault = StoreVault.open(store, outer, clock);
                RelayDoor door = RelayDoor.builder("front", on -> new Actuation.Done(), scheduler).build()) {
            Gate gate = Gate.builder(front, Direction.ENTRY)
                    .codes(PassIdentifier.create(PassVerifier.create(() -> ring, VerificationOptions.DEFAULT)))
                    .decider(PermitDecider.create(site, id -> Optional.ofNullable(Map.of(anna.id(), anna).get(id)), PolicySet.of(1, staff)))
                    .redemptions(JdbcRedemptions.create(store)).driver(door).ledger(StoreLedger.open(store, vault, "example.com/gate", clock)).build();
            System.out.println(gate.present(CodeEvidence.ofText(code, Instant.now(), "scanner")).decision()); // Granted
            System.out.println(gate.present(CodeEvidence.ofText(code, Instant.now(), "scanner")).decision()); // Denied: replayed
        } finally {
            scheduler.shutdownNow();
        }
    }
    // README: to here
}
