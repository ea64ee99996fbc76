package io.gatehouse.benchmarks;

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
import io.gatehouse.core.evidence.CardEvidence;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.gate.GateBuilder;
import io.gatehouse.core.gate.PortalDriver;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.ledger.Ledger;
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
import io.gatehouse.policy.permit.PermitDecider;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A house with one door and so many people with cards and passes, its records in a real store in a folder. */
final class Premises implements AutoCloseable {
    private static final String CARD_FORMAT = "H10301";
    private static final int FACILITY = 123;

    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final SigningKey signingKey = SigningKey.generate(KeyId.of(1), random);
    private final KeyRing keyRing = KeyRing.of(signingKey.issuerKey());
    private final PassIssuer issuer = PassIssuer.create(signingKey, () -> keyRing, clock);
    private final Map<PersonId, Person> people = new HashMap<>();
    private final Map<CardKey, PersonId> cards = new HashMap<>();
    private final Store store;
    private final KeyEncryptionKey outer;
    private final StoreVault vault;
    private final StoreLedger ledger;

    private Premises(Path folder, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            PersonId id = person(i);
            people.put(id, new Person(id, "Person " + i, PersonKind.EMPLOYEE, Set.of("staff")));
            cards.put(new CardKey(CARD_FORMAT, FACILITY, i), id);
        }
        store = Stores.open(folder.resolve("gate.db"));
        outer = KeyEncryptionKey.ofKeyFile(folder.resolve("outer.key"));
        vault = StoreVault.open(store, outer, clock);
        ledger = StoreLedger.open(store, vault, "example.com/benchmark", clock);
    }

    static Premises open(Path folder, int people) throws IOException {
        return new Premises(folder, people);
    }

    static PersonId person(int number) {
        return PersonId.of(Integer.toString(1_000 + number));
    }

    /** A gate that takes cards and codes; faces may be added. */
    GateBuilder gate(Ledger into, PortalDriver door) throws IOException {
        Zone office = Zone.of("office", "Office");
        Portal front = new Portal(PortalId.of("front"), "Front door", PortalKind.DOOR, ZoneCode.OUTSIDE, office.code());
        Site site = new Site("House", ZoneOffset.UTC, List.of(office), List.of(front));
        Rule staff = Rule.permit("staff").groups("staff").zones(office.code()).build();
        return Gate.builder(front, Direction.ENTRY)
                .cards(CardIdentifier.create(CardRegister.of(cards)))
                .codes(PassIdentifier.create(PassVerifier.create(() -> keyRing, VerificationOptions.DEFAULT)))
                .redemptions(JdbcRedemptions.create(store))
                .decider(PermitDecider.create(site, id -> Optional.ofNullable(people.get(id)), PolicySet.of(1, staff)))
                .driver(door)
                .ledger(into)
                .clock(clock);
    }

    CardEvidence card(int number) {
        return new CardEvidence(CARD_FORMAT, FACILITY, number, clock.instant(), "reader");
    }

    /** A pass for an hour, as a scanner gives it. */
    CodeEvidence code(int number) {
        return code(pass(number).build());
    }

    /** A pass that counts once. */
    CodeEvidence singleUseCode(int number) {
        return code(pass(number).singleUse().build());
    }

    private Pass.Builder pass(int number) {
        Instant now = clock.instant();
        HolderReference holder = HolderReference.of(person(number).value());
        return Pass.builder(PassId.random(random), PassType.EMPLOYEE, holder).valid(now, now.plus(Duration.ofHours(1)));
    }

    private CodeEvidence code(Pass pass) {
        return CodeEvidence.ofText(issuer.issue(pass).text(), clock.instant(), "scanner");
    }

    Store store() {
        return store;
    }

    StoreVault vault() {
        return vault;
    }

    StoreLedger ledger() {
        return ledger;
    }

    @Override
    public void close() throws IOException {
        vault.close();
        outer.close();
        store.close();
    }
}
