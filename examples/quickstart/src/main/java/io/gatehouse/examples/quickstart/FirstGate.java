package io.gatehouse.examples.quickstart;

import io.gatehouse.core.evidence.CardEvidence;
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
import io.gatehouse.devices.card.CardIdentifier;
import io.gatehouse.devices.card.CardKey;
import io.gatehouse.devices.card.CardRegister;
import io.gatehouse.devices.door.RelayDoor;
import io.gatehouse.policy.permit.PermitDecider;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The README's program: a door that opens for a card while the rules say so, and records it. Takes a folder for its data. */
public final class FirstGate {
    private FirstGate() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        InstantSource clock = InstantSource.system();
        Zone office = Zone.of("office", "Office");
        Portal front = new Portal(PortalId.of("front"), "Front door", PortalKind.DOOR, ZoneCode.OUTSIDE, office.code());
        Site site = new Site("Our house", ZoneId.systemDefault(), List.of(office), List.of(front));
        Person anna = new Person(PersonId.of("1001"), "Anna", PersonKind.EMPLOYEE, Set.of("staff"));
        Rule staff = Rule.permit("staff").groups("staff").zones(office.code()).build();
        CardRegister cards = CardRegister.of(Map.of(new CardKey("H10301", 123, 4567), anna.id()));
        ScheduledExecutorService relocking = Executors.newSingleThreadScheduledExecutor();
        try (Store store = Stores.open(folder.resolve("gate.db"));
                KeyEncryptionKey outer = KeyEncryptionKey.ofKeyFile(folder.resolve("outer.key"));
                StoreVault vault = StoreVault.open(store, outer, clock);
                RelayDoor door = RelayDoor.builder("front", on -> new Actuation.Done(), relocking)
                        .build()) {
            Gate gate = Gate.builder(front, Direction.ENTRY)
                    .cards(CardIdentifier.create(cards))
                    .decider(PermitDecider.create(site, id -> Optional.of(anna), PolicySet.of(1, staff)))
                    .driver(door)
                    .ledger(StoreLedger.open(store, vault, "example.com/front", clock))
                    .build();
            CardEvidence card = new CardEvidence("H10301", 123, 4567, clock.instant(), "front reader");
            System.out.println(gate.present(card));
        } finally {
            relocking.shutdown();
        }
    }
}
