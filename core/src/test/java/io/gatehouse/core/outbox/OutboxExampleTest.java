package io.gatehouse.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.gate.GateBuilder;
import io.gatehouse.core.gate.LedgerFailure;
import io.gatehouse.core.gate.Passage;
import io.gatehouse.core.gate.PortalDriver;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.presence.Presence;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a gate with an outbox and its server are put together. */
class OutboxExampleTest {
    private static final ZoneCode HALL = ZoneCode.of("hall");
    private static final Portal NORTH =
            new Portal(PortalId.of("north"), "North gate", PortalKind.TURNSTILE, ZoneCode.OUTSIDE, HALL);

    @TempDir
    Path directory;

    private final InstantSource clock = InstantSource.system();
    private final AtomicBoolean network = new AtomicBoolean();
    private final AtomicInteger opened = new AtomicInteger();

    @Test
    @DisplayName("ATT-27, REG-16 a gate without its server lets people in, and on return they are counted as inside")
    void letsPeopleInWithoutItsServer() throws Exception {
        try (Store serverStore = Stores.open(directory.resolve("server.db"));
                KeyEncryptionKey serverKey = KeyEncryptionKey.ofKeyFile(directory.resolve("server.key"));
                StoreVault serverVault = StoreVault.open(serverStore, serverKey, clock);
                StoreLedger ledger = StoreLedger.open(serverStore, serverVault, "house.example.com", clock);
                Store store = Stores.open(directory.resolve("gate.db"));
                KeyEncryptionKey key = KeyEncryptionKey.ofKeyFile(directory.resolve("gate.key"));
                StoreVault vault = StoreVault.open(store, key, clock)) {
            OutboxReceiver receiver = LedgerReceiver.open(serverStore, ledger, clock, Duration.ofSeconds(2));
            Outbox outbox = Outbox.open(store, vault, OutboxId.of("north"), clock, OutboxOptions.standard());
            Gate gate = gate(outbox).build();

            for (int visitor = 0; visitor < 50; visitor++) {
                Passage passage = present(gate, visitor);
                assertThat(passage.decision().isGranted()).isTrue();
                assertThat(passage.recording()).isEqualTo(Passage.Recording.COMPLETE);
            }
            assertThat(opened).hasValue(50);
            assertThat(ledger.size()).isZero();

            network.set(true);
            assertThat(outbox.drain(client(receiver))).isEqualTo(100);
            Presence presence = Presence.of(ledger);
            presence.catchUp();
            assertThat(presence.count(HALL)).isEqualTo(50);
            assertThat(presence.stayOf(PersonId.of("visitor-7"))).isPresent();
        }
    }

    @Test
    @DisplayName(
            "ATT-27 a gate whose outbox is full does as it was built for, and never lets in whom it cannot record whole")
    void doesAsItWasBuiltForWhenTheOutboxIsFull() throws Exception {
        try (Store store = Stores.open(directory.resolve("gate.db"));
                KeyEncryptionKey key = KeyEncryptionKey.ofKeyFile(directory.resolve("gate.key"));
                StoreVault vault = StoreVault.open(store, key, clock)) {
            OutboxOptions small = new OutboxOptions(16, 1 << 20);
            Outbox outbox = Outbox.open(store, vault, OutboxId.of("north"), clock, small);
            Gate refusing = gate(outbox).build();
            for (int visitor = 0; visitor < 8; visitor++) {
                assertThat(present(refusing, visitor).recording()).isEqualTo(Passage.Recording.COMPLETE);
            }
            Passage refused = present(refusing, 8);
            assertThat(refused.decision().isGranted()).isFalse();
            assertThat(refused.recording()).isEqualTo(Passage.Recording.NONE);
            assertThat(opened).hasValue(8);

            Gate opening =
                    gate(outbox).onLedgerFailure(LedgerFailure.OPEN_UNRECORDED).build();
            assertThat(present(opening, 9).decision().isGranted()).isTrue();
            assertThat(opened).hasValue(9);
            assertThat(outbox.status().waiting()).isEqualTo(16);
        }
    }

    private Passage present(Gate gate, int visitor) {
        return gate.present(CodeEvidence.ofText("visitor-" + visitor, clock.instant(), "scanner"));
    }

    /** Stands for the vendor's client: over the network to the server's receiver. */
    private OutboxReceiver client(OutboxReceiver receiver) {
        return batch -> {
            if (!network.get()) {
                throw new IOException("no route to the server");
            }
            return receiver.receive(batch);
        };
    }

    private GateBuilder gate(Outbox outbox) {
        return Gate.builder(NORTH, Direction.ENTRY)
                .codes((evidence, checkpost) ->
                        Identity.Known.of(PersonId.of(evidence.text()), Method.CODE, Double.POSITIVE_INFINITY))
                .decider(request -> Decision.Granted.by("tickets"))
                .driver(new PortalDriver() {
                    @Override
                    public Actuation open() {
                        opened.incrementAndGet();
                        return new Actuation.Done();
                    }

                    @Override
                    public Actuation release() {
                        return new Actuation.Done();
                    }

                    @Override
                    public Actuation reset() {
                        return new Actuation.Done();
                    }
                })
                .ledger(outbox)
                .clock(clock);
    }
}
