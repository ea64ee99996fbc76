package io.gatehouse.codes.revoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.codes.internal.cose.CoseSign1;
import io.gatehouse.codes.internal.signed.SignedPayload;
import io.gatehouse.codes.internal.signed.SignedPayload.Kind;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.KeyScope;
import io.gatehouse.codes.keys.KeyUse;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.codes.token.StatusReference;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusListsTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final SigningKey KEY = key(1);
    private static final SigningKey OTHER = key(2);
    private static final SigningKey PASSES = key(8);
    private static final SigningKey FOREIGN = key(9);
    private static final KeyScope ACME = KeyScope.of("acme", KeyUse.STATUS_LISTS);
    private static final KeyScope BETA = KeyScope.of("beta", KeyUse.STATUS_LISTS);
    private static final StatusSigner SIGNER = StatusSigner.create(KEY, "acme", HOUR);
    private static final StatusList EMPTY = StatusList.empty(5, 2, 1_000);
    private static final StatusList FIRST = EMPTY.with(1, Map.of(17, PassStatus.REVOKED));
    private static final StatusList SECOND = FIRST.with(2, Map.of(18, PassStatus.SUSPENDED, 999, PassStatus.REVOKED));

    @TempDir
    Path folder;

    private Store store;
    private KeyRing keys =
            KeyRing.of(KEY.issuerKey(ACME), OTHER.issuerKey(ACME), PASSES.issuerKey(), FOREIGN.issuerKey(BETA));
    private StatusLists lists;

    @BeforeEach
    void open() throws StoreException {
        store = Stores.open(folder.resolve("gate.db"));
        lists = StatusLists.open(store, () -> keys, StatusListOptions.of("acme"));
    }

    @AfterEach
    void close() throws StoreException {
        store.close();
    }

    private static SigningKey key(int id) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) id);
        return SigningKey.of(KeyId.of(id), secret);
    }

    private String install(byte[] signed, Instant now) throws StoreException {
        return lists.install(signed, now)
                .fold(
                        installed -> "version " + installed.version(),
                        refused -> refused.reason().code());
    }

    private String install(byte[] signed) throws StoreException {
        return install(signed, NOON);
    }

    private String ask(int index, Instant at) {
        return lists.whyNot(StatusReference.of(5, index), at).map(Reason::code).orElse("valid");
    }

    private String ask(int index) {
        return ask(index, NOON);
    }

    @Test
    @DisplayName("a revoked pass is refused, a suspended one too, the others are taken")
    void refusesRevokedAndSuspendedPasses() throws Exception {
        assertThat(install(SIGNER.sign(SECOND, NOON))).isEqualTo("version 2");
        assertThat(ask(17)).isEqualTo("code.revoked");
        assertThat(ask(18)).isEqualTo("code.suspended");
        assertThat(ask(19)).isEqualTo("valid");
        assertThat(ask(1_000)).isEqualTo("status.unknown-place");
    }

    @Test
    @DisplayName("a pass of a list that the gate does not have is refused")
    void refusesPassesOfAnUnknownList() {
        assertThat(ask(17)).isEqualTo("status.unknown-list");
    }

    @Test
    @DisplayName("ENT-8 a list that is too old answers for nobody: by its own greatest age, and by the gate's")
    void answersForNobodyWhenItIsTooOld() throws Exception {
        install(SIGNER.sign(SECOND, NOON));
        assertThat(ask(19, NOON.plus(HOUR))).isEqualTo("valid");
        assertThat(ask(19, NOON.plus(HOUR).plusSeconds(1))).isEqualTo("status.too-old");
        close();
        store = Stores.open(folder.resolve("gate.db"));
        lists = StatusLists.open(store, () -> keys, StatusListOptions.of("acme").withMaxAge(Duration.ofMinutes(5)));
        assertThat(ask(19, NOON.plusSeconds(300))).isEqualTo("valid");
        assertThat(ask(19, NOON.plusSeconds(301))).isEqualTo("status.too-old");
    }

    @Test
    void isYoungAgainWhenItsIssuerSaysThatNothingChanged() throws Exception {
        install(SIGNER.sign(SECOND, NOON));
        Instant later = NOON.plus(HOUR).plusSeconds(1);
        byte[] nothing = SIGNER.signChanges(SECOND, SECOND, later);
        assertThat(nothing).hasSizeLessThan(250);
        assertThat(install(nothing, later)).isEqualTo("version 2");
        assertThat(ask(19, later)).isEqualTo("valid");
        assertThat(ask(17, later)).isEqualTo("code.revoked");
    }

    @Test
    @DisplayName("a clock that jumps back behind the list is noticed, and nobody is let in by it")
    void answersForNobodyWhenTheClockJumpedBack() throws Exception {
        install(SIGNER.sign(SECOND, NOON));
        assertThat(ask(19, NOON.minusSeconds(30))).as("within the skew").isEqualTo("valid");
        assertThat(ask(19, NOON.minusSeconds(31))).isEqualTo("status.clock-behind");
        assertThat(lists.newest()).hasValue(NOON);
    }

    @Test
    @DisplayName("changes are applied to exactly the version that they begin at")
    void appliesChangesOnlyToTheirBase() throws Exception {
        byte[] changes = SIGNER.signChanges(FIRST, SECOND, NOON);
        assertThat(changes).hasSizeLessThan(300);
        assertThat(install(changes)).as("without any list").isEqualTo("status.wrong-base");
        install(SIGNER.sign(EMPTY, NOON));
        assertThat(install(changes)).as("on an older version").isEqualTo("status.wrong-base");
        assertThat(install(SIGNER.signChanges(EMPTY, FIRST, NOON))).isEqualTo("version 1");
        assertThat(install(changes)).isEqualTo("version 2");
        assertThat(ask(18)).isEqualTo("code.suspended");
        assertThat(ask(999)).isEqualTo("code.revoked");
        assertThat(lists.versions()).isEqualTo(Map.of(5, 2L));
    }

    @Test
    void refusesChangesOnTheSameVersionWithAnotherContent() throws Exception {
        StatusList fork = EMPTY.with(1, Map.of(3, PassStatus.REVOKED));
        install(SIGNER.sign(fork, NOON));
        assertThat(install(SIGNER.signChanges(FIRST, SECOND, NOON))).isEqualTo("status.wrong-base");
        assertThat(install(SIGNER.sign(FIRST, NOON))).isEqualTo("status.forked");
    }

    @Test
    void refusesChangesThatDoNotGiveWhatTheySay() throws Exception {
        install(SIGNER.sign(FIRST, NOON));
        StatusMessage message = new StatusMessage(
                "acme",
                NOON,
                HOUR,
                5,
                2,
                new StatusMessage.Changes(
                        2, 1_000, 1, FIRST.digest(), SECOND.digest(), StatusCodec.body(Map.of(1, PassStatus.REVOKED))));
        assertThat(install(SignedPayload.sign(Kind.STATUS_LIST, StatusCodec.encode(message), KEY)))
                .isEqualTo("status.wrong-result");
        assertThat(ask(1)).isEqualTo("valid");
    }

    @Test
    @DisplayName("neither the version nor the time of a list goes back, over a restart neither")
    void refusesAVersionThatGoesBack() throws Exception {
        byte[] old = SIGNER.sign(FIRST, NOON);
        install(SIGNER.sign(SECOND, NOON.plusSeconds(10)), NOON.plusSeconds(10));
        assertThat(install(old, NOON.plusSeconds(10))).isEqualTo("status.went-back");
        assertThat(install(SIGNER.sign(SECOND, NOON), NOON)).isEqualTo("status.went-back");
        close();
        open();
        assertThat(ask(18, NOON.plusSeconds(10))).isEqualTo("code.suspended");
        assertThat(install(old, NOON.plusSeconds(10))).isEqualTo("status.went-back");
    }

    @Test
    void refusesAListFromTheFuture() throws Exception {
        assertThat(install(SIGNER.sign(FIRST, NOON.plusSeconds(30)))).isEqualTo("version 1");
        assertThat(install(SIGNER.sign(SECOND, NOON.plusSeconds(31)))).isEqualTo("status.from-the-future");
    }

    @Test
    @DisplayName("a list of another issuer is refused, also under a key that is known")
    void refusesAListOfAnotherIssuer() throws Exception {
        assertThat(install(StatusSigner.create(KEY, "other", HOUR).sign(FIRST, NOON)))
                .isEqualTo("status.other-issuer");
        assertThat(install(StatusSigner.create(FOREIGN, "beta", HOUR).sign(FIRST, NOON)))
                .isEqualTo("status.other-issuer");
        assertThat(install(StatusSigner.create(FOREIGN, "acme", HOUR).sign(FIRST, NOON)))
                .as("under a key that is not its own")
                .isEqualTo("status.other-issuer");
    }

    @Test
    @DisplayName("a key that may sign passes only, or that is not active yet, signs no list")
    void refusesKeysThatAreNotForLists() throws Exception {
        assertThat(install(StatusSigner.create(PASSES, "", HOUR).sign(FIRST, NOON)))
                .isEqualTo("status.key-not-for-lists");
        SigningKey coming = key(3);
        keys = keys.with(coming.issuerKey(ACME).activeFrom(NOON.plusSeconds(1)));
        byte[] early = StatusSigner.create(coming, "acme", HOUR).sign(FIRST, NOON);
        assertThat(install(early)).isEqualTo("status.key-not-for-lists");
        assertThat(install(early, NOON.plusSeconds(1))).isEqualTo("version 1");
    }

    @Test
    @DisplayName("a list under an unknown or withdrawn key, or with a wrong signature, is refused")
    void refusesUnknownAndWithdrawnKeysAndWrongSignatures() throws Exception {
        assertThat(install(StatusSigner.create(key(3), "acme", HOUR).sign(FIRST, NOON)))
                .isEqualTo("status.unknown-key");
        byte[] signed = SIGNER.sign(FIRST, NOON);
        byte[] changed = signed.clone();
        changed[changed.length - 1] ^= 1;
        assertThat(install(changed)).isEqualTo("status.signature");
        keys = keys.withRevoked(KEY.id());
        assertThat(install(signed)).isEqualTo("status.revoked-key");
    }

    @Test
    @DisplayName("a signature that was made for a pass or a bundle is none for a list")
    void refusesASignatureOfAnotherKind() throws Exception {
        byte[] payload = SignedPayload.parse(SIGNER.sign(FIRST, NOON), 10_000).payload();
        assertThat(install(SignedPayload.sign(Kind.BUNDLE, payload, KEY))).isEqualTo("status.signature");
        byte[] headers = {(byte) 0xa2, 0x01, 0x32, 0x04, 0x42, 0x00, 0x01};
        assertThat(install(CoseSign1.sign(headers, payload, KEY::sign))).isEqualTo("status.signature");
    }

    @Test
    @DisplayName(
            "a list whose key was withdrawn answers for nobody until one by another key comes, whatever its version")
    void answersForNobodyOnceItsKeyIsWithdrawnAndTakesTheNextByAnother() throws Exception {
        StatusList forged = StatusList.empty(5, 2, 1_000).with(Long.MAX_VALUE, Map.of());
        install(SIGNER.sign(forged, NOON));
        assertThat(ask(17)).isEqualTo("valid");
        keys = keys.withRevoked(KEY.id());
        assertThat(ask(17)).isEqualTo("status.revoked-key");
        assertThat(install(StatusSigner.create(OTHER, "acme", HOUR).sign(SECOND, NOON)))
                .isEqualTo("version 2");
        assertThat(ask(17)).isEqualTo("code.revoked");
        assertThat(ask(19)).isEqualTo("valid");
    }

    @Test
    @DisplayName("a list that is cut short anywhere is refused, one that is too long before anything is read")
    void refusesTruncatedAndOverlongLists() throws Exception {
        byte[] signed = SIGNER.sign(SECOND, NOON);
        for (int length = 0; length < signed.length; length++) {
            assertThat(install(Arrays.copyOf(signed, length)))
                    .as("%d bytes", length)
                    .isEqualTo("status.malformed");
        }
        assertThat(install(Arrays.copyOf(signed, signed.length + 1))).isEqualTo("status.malformed");
        assertThat(install(new byte[StatusCodec.MAX_MESSAGE + 1])).isEqualTo("status.too-long");
    }

    @Test
    void refusesASignedBombAndAListOfTooFewPlaces() throws Exception {
        byte[] bomb = Deflated.deflate(new byte[20_000_000]);
        for (byte[] body : List.of(bomb, Deflated.deflate(new byte[249]), Deflated.deflate(new byte[251]))) {
            StatusMessage message =
                    new StatusMessage("acme", NOON, HOUR, 5, 1, new StatusMessage.Whole(2, 1_000, body));
            assertThat(install(SignedPayload.sign(Kind.STATUS_LIST, StatusCodec.encode(message), KEY)))
                    .isEqualTo("status.malformed");
        }
    }

    @Test
    void isFetchedAgainWhenTheDiskDamagedIt() throws Exception {
        install(SIGNER.sign(SECOND, NOON));
        store.write(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE status_held SET digest = places");
            }
        });
        close();
        open();
        assertThat(ask(17)).isEqualTo("status.unknown-list");
        assertThat(install(SIGNER.sign(SECOND, NOON))).isEqualTo("version 2");
    }

    @Test
    void goesWithChangesWhereverTheWholeListGoes() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("StatusListsTest seed " + seed);
        Random random = new Random(seed);
        StatusList list = EMPTY;
        install(SIGNER.sign(list, NOON));
        for (int version = 1; version <= 40; version++) {
            Map<Integer, PassStatus> changes = new TreeMap<>();
            for (int change = random.nextInt(30); change >= 0; change--) {
                changes.put(random.nextInt(1_000), PassStatus.ofNumber(random.nextInt(3)));
            }
            StatusList later = list.with(version, changes);
            Instant now = NOON.plusSeconds(version);
            byte[] signed = random.nextBoolean() ? SIGNER.sign(later, now) : SIGNER.signChanges(list, later, now);
            assertThat(install(signed, now)).isEqualTo("version " + version);
            for (int index = 0; index < 1_000; index++) {
                PassStatus status = later.statusOf(index);
                assertThat(ask(index, now))
                        .isEqualTo(
                                status == PassStatus.VALID
                                        ? "valid"
                                        : status == PassStatus.REVOKED ? "code.revoked" : "code.suspended");
            }
            list = later;
        }
    }

    @Test
    void examinesWithoutTaking() throws Exception {
        assertThat(lists.examine(SIGNER.sign(FIRST, NOON), keys, NOON)).isEmpty();
        assertThat(lists.examine(SIGNER.sign(FIRST, NOON), KeyRing.of(), NOON))
                .map(Reason::code)
                .hasValue("status.unknown-key");
        assertThat(lists.versions()).isEmpty();
    }
}
