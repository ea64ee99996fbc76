package io.gatehouse.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was shredded stays shredded in a restored vault. */
class ShredListTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T08:00:00Z"));
    private static final DataClass FACE = DataClass.FACE_TEMPLATE;
    private static final PersonId ANNA = PersonId.of("anna-17");
    private static final PersonId BEN = PersonId.of("ben-18");
    private static final PersonId CAM = PersonId.of("cam-19");
    private static final byte[] CLEAR = "a planted secret, 3f9a1c".getBytes(StandardCharsets.UTF_8);
    private static final int HEADER = 40;
    private static final int EVENT = 121;
    private static final int END = 48;

    @TempDir
    Path directory;

    private Store store;
    private StoreVault vault;
    private Path list;

    @BeforeEach
    void open() throws IOException {
        list = directory.resolve("shreddings");
        openFrom("gatehouse.db");
    }

    private void openFrom(String file) throws IOException {
        store = Stores.open(directory.resolve(file));
        vault = StoreVault.open(store, keyFile(), CLOCK);
    }

    private KeyEncryptionKey keyFile() {
        return KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key"));
    }

    @AfterEach
    void close() throws IOException {
        vault.close();
        store.close();
    }

    private void backUp(String name) throws IOException {
        close();
        Files.copy(directory.resolve("gatehouse.db"), directory.resolve(name));
        openFrom("gatehouse.db");
    }

    private void restore(String name) throws IOException {
        close();
        openFrom(name);
    }

    @Test
    void shredsAgainWhatABackupBroughtBack() throws Exception {
        byte[] annas = vault.seal(ANNA, FACE, CLEAR);
        byte[] bens = vault.seal(BEN, FACE, CLEAR);
        backUp("backup.db");
        vault.keepShreddingsIn(list);
        ShredCertificate certificate = vault.shred(ANNA, FACE);
        restore("backup.db");
        assertThat(vault.open(ANNA, FACE, annas)).hasValue(CLEAR);

        assertThat(vault.replayShreddings(list)).isEqualTo(new ShredReplay(1, 0, 0, false));

        assertThat(vault.open(ANNA, FACE, annas)).isEmpty();
        assertThat(vault.open(BEN, FACE, bens)).hasValue(CLEAR);
        assertThatThrownBy(() -> vault.seal(ANNA, FACE, CLEAR)).isInstanceOf(ShreddedException.class);
        assertThat(vault.shred(ANNA, FACE)).isEqualTo(certificate);
        assertThat(vault.replayShreddings(list)).isEqualTo(new ShredReplay(0, 1, 0, false));
    }

    @Test
    void aListOlderThanTheBackupDestroysNothingNewer() throws Exception {
        vault.seal(ANNA, FACE, CLEAR);
        vault.shred(ANNA, FACE);
        vault.exportShreddings(list);
        vault.renew(ANNA, FACE);
        byte[] after = vault.seal(ANNA, FACE, CLEAR);
        backUp("backup.db");
        restore("backup.db");
        assertThat(vault.replayShreddings(list)).isEqualTo(new ShredReplay(0, 1, 1, false));
        assertThat(vault.open(ANNA, FACE, after)).hasValue(CLEAR);
    }

    @Test
    void renewalsAreReplayedToo() throws Exception {
        byte[] before = vault.seal(ANNA, FACE, CLEAR);
        backUp("backup.db");
        vault.shred(ANNA, FACE);
        vault.renew(ANNA, FACE);
        vault.exportShreddings(list);
        restore("backup.db");
        assertThat(vault.replayShreddings(list)).isEqualTo(new ShredReplay(2, 0, 0, false));
        assertThat(vault.open(ANNA, FACE, before)).isEmpty();
        assertThat(vault.open(ANNA, FACE, vault.seal(ANNA, FACE, CLEAR))).hasValue(CLEAR);
    }

    @Test
    void aRenewalElsewhereDoesNotUndoAShreddingHere() throws Exception {
        vault.seal(ANNA, FACE, CLEAR);
        backUp("backup.db");
        vault.shred(ANNA, FACE);
        vault.renew(ANNA, FACE);
        vault.exportShreddings(list);
        restore("backup.db");
        vault.shred(BEN, FACE);
        vault.replayShreddings(list);
        vault.shred(ANNA, FACE);
        Path second = directory.resolve("second");
        vault.exportShreddings(second);
        restore("gatehouse.db");
        assertThat(vault.replayShreddings(second).applied()).isEqualTo(2);
        assertThatThrownBy(() -> vault.seal(ANNA, FACE, CLEAR)).isInstanceOf(ShreddedException.class);
        assertThatThrownBy(() -> vault.seal(BEN, FACE, CLEAR)).isInstanceOf(ShreddedException.class);
        assertThat(vault.replayShreddings(list).applied()).isZero();
        assertThatThrownBy(() -> vault.seal(ANNA, FACE, CLEAR)).isInstanceOf(ShreddedException.class);
    }

    @Test
    void keepsTheListThroughStartsAndRotations() throws Exception {
        vault.shred(ANNA, FACE);
        vault.keepShreddingsIn(list);
        assertThat(Files.size(list)).isEqualTo(HEADER + EVENT + END);
        vault.shred(BEN, FACE);
        assertThat(Files.size(list)).isEqualTo(HEADER + 2 * EVENT + END);
        vault.rotateStoreKey(keyFile());
        restore("gatehouse.db");
        vault.shred(CAM, FACE);
        vault.keepShreddingsIn(list);
        assertThat(Files.size(list)).isEqualTo(HEADER + 3 * EVENT + END);
        vault.renew(CAM, FACE);
        vault.shred(BEN, FACE);
        assertThat(Files.size(list)).isEqualTo(HEADER + 4 * EVENT + END);
        assertThat(vault.replayShreddings(list)).isEqualTo(new ShredReplay(0, 4, 0, false));
        assertThat(new String(Files.readAllBytes(list), StandardCharsets.ISO_8859_1))
                .doesNotContain(ANNA.value())
                .doesNotContain(FACE.value());
    }

    @Test
    void anOlderCopyMustReplayBeforeItKeepsTheList() throws Exception {
        backUp("backup.db");
        vault.keepShreddingsIn(list);
        vault.shred(ANNA, FACE);
        restore("backup.db");
        assertThatThrownBy(() -> vault.keepShreddingsIn(list))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("replay the list first");
        vault.shred(BEN, FACE);
        vault.replayShreddings(list);
        vault.keepShreddingsIn(list);
        vault.shred(CAM, FACE);
        restore("gatehouse.db");
        assertThat(vault.replayShreddings(list)).isEqualTo(new ShredReplay(2, 1, 0, false));
    }

    @Test
    void goesOnAfterAWriterDiedWithinAnEvent() throws Exception {
        vault.keepShreddingsIn(list);
        vault.shred(ANNA, FACE);
        vault.shred(BEN, FACE);
        byte[] whole = Files.readAllBytes(list);
        Files.write(list, Arrays.copyOf(whole, whole.length - END - 7));
        restore("gatehouse.db");
        assertThat(vault.replayShreddings(list)).isEqualTo(new ShredReplay(0, 1, 1, true));
        vault.keepShreddingsIn(list);
        assertThat(Files.readAllBytes(list)).isEqualTo(whole);
    }

    @Test
    @DisplayName("a list whose last events were cut off is told from a whole one, wherever it was cut")
    void tellsAListThatWasCutOff() throws Exception {
        vault.seal(ANNA, FACE, CLEAR);
        backUp("backup.db");
        vault.keepShreddingsIn(list);
        vault.shred(ANNA, FACE);
        vault.shred(BEN, FACE);
        vault.shred(CAM, FACE);
        byte[] whole = Files.readAllBytes(list);
        restore("backup.db");
        for (int length = HEADER; length < whole.length; length++) {
            Files.write(list, Arrays.copyOf(whole, length));
            assertThat(vault.replayShreddings(list).isCut())
                    .as("%d bytes", length)
                    .isTrue();
        }
        Files.write(list, whole);
        assertThat(vault.replayShreddings(list)).isEqualTo(new ShredReplay(0, 3, 0, false));
    }

    @Test
    void countsWhatAnOlderCopyOfTheListLacks() throws Exception {
        vault.keepShreddingsIn(list);
        vault.shred(ANNA, FACE);
        byte[] older = Files.readAllBytes(list);
        vault.shred(BEN, FACE);
        vault.shred(CAM, FACE);
        Path copy = directory.resolve("copy");
        Files.write(copy, older);
        assertThat(vault.replayShreddings(copy)).isEqualTo(new ShredReplay(0, 1, 2, false));
    }

    @Test
    void readsAListOfVersionOne() throws Exception {
        HmacKey key = new HmacKey(new byte[32]);
        vault.shred(ANNA, FACE);
        vault.shred(BEN, FACE);
        List<ShredEvents.Event> events = store.read(connection -> ShredEvents.after(connection, 0, 10));
        Deque<List<ShredEvents.Event>> source = new ArrayDeque<>(List.of(events, List.of()));
        ShredList.write(list, key, source::remove);
        byte[] written = Files.readAllBytes(list);
        byte[] magic = {'G', 'K', 'S', 'H', 'R', 'E', 'D', 1};
        byte[] mac = key.hash(magic);
        ByteBuffer old = ByteBuffer.allocate(HEADER + 2 * EVENT).put(magic).put(mac);
        for (int at = HEADER; at < HEADER + 2 * EVENT; at += EVENT) {
            byte[] body = Arrays.copyOfRange(written, at, at + EVENT - mac.length);
            mac = key.hash(mac, body);
            old.put(body).put(mac);
        }
        Files.write(list, old.array());
        List<byte[]> read = new ArrayList<>();
        ShredList back = ShredList.read(list, key, event -> read.add(event.id()));
        assertThat(back.isOld()).isTrue();
        assertThat(back.isCut()).isFalse();
        assertThat(read).containsExactly(events.get(0).id(), events.get(1).id());
    }

    @Test
    void shreddingAgainCompletesAListThatCouldNotBeWritten() throws Exception {
        vault.keepShreddingsIn(list);
        byte[] empty = Files.readAllBytes(list);
        Files.delete(list);
        assertThatThrownBy(() -> vault.shred(ANNA, FACE)).isInstanceOf(IOException.class);
        Files.write(list, empty);
        vault.shred(ANNA, FACE);
        assertThat(Files.size(list)).isEqualTo(HEADER + EVENT + END);
    }

    @Test
    void refusesAListThatWasAlteredOrIsAnothersAndDoesNothing() throws Exception {
        byte[] sealed = vault.seal(ANNA, FACE, CLEAR);
        backUp("backup.db");
        vault.shred(BEN, FACE);
        vault.shred(ANNA, FACE);
        vault.exportShreddings(list);
        restore("backup.db");
        byte[] right = Files.readAllBytes(list);
        for (int at = 0; at < right.length; at++) {
            if (at >= right.length - END && at < right.length - END + Long.BYTES) {
                // What then stands there is no end at all: that is a list that was cut.
                continue;
            }
            byte[] flipped = right.clone();
            flipped[at] ^= (byte) (1 << (at % 8));
            Files.write(list, flipped);
            assertThatThrownBy(() -> vault.replayShreddings(list)).isInstanceOf(VaultException.class);
        }
        byte[] swapped = right.clone();
        System.arraycopy(right, HEADER, swapped, HEADER + EVENT, EVENT);
        System.arraycopy(right, HEADER + EVENT, swapped, HEADER, EVENT);
        Files.write(list, swapped);
        assertThatThrownBy(() -> vault.replayShreddings(list)).hasMessageContaining("altered at event 1");
        for (int length = 0; length < HEADER; length++) {
            Files.write(list, Arrays.copyOf(right, length));
            assertThatThrownBy(() -> vault.replayShreddings(list)).isInstanceOf(VaultException.class);
        }
        Files.delete(list);
        assertThatThrownBy(() -> vault.replayShreddings(list)).hasMessageContaining("is missing");
        assertThat(vault.open(ANNA, FACE, sealed)).hasValue(CLEAR);
        Files.write(list, right);
        restore("other.db");
        assertThatThrownBy(() -> vault.replayShreddings(list)).hasMessageContaining("another vault's");
    }
}
