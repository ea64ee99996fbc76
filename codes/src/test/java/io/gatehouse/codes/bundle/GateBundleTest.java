package io.gatehouse.codes.bundle;

import static io.gatehouse.codes.bundle.Bundles.BUNDLES;
import static io.gatehouse.codes.bundle.Bundles.HOUR;
import static io.gatehouse.codes.bundle.Bundles.NOON;
import static io.gatehouse.codes.bundle.Bundles.PINNED;
import static io.gatehouse.codes.bundle.Bundles.RING;
import static io.gatehouse.codes.bundle.Bundles.bundle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.codes.internal.cbor.CborWriter;
import io.gatehouse.codes.internal.signed.SignedPayload;
import io.gatehouse.codes.internal.signed.SignedPayload.Kind;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.KeyScope;
import io.gatehouse.codes.keys.KeyUse;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.codes.revoke.PassStatus;
import io.gatehouse.codes.revoke.StatusList;
import io.gatehouse.codes.revoke.StatusListOptions;
import io.gatehouse.codes.token.StatusReference;
import io.gatehouse.codes.token.ZoneTable;
import io.gatehouse.core.place.ZoneCode;
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
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateBundleTest {
    private static final BundleSigner SIGNER = BundleSigner.create(BUNDLES);

    @TempDir
    Path folder;

    private Store store;
    private GateBundle gate;

    @BeforeEach
    void open() throws StoreException {
        open(NOON);
    }

    private void open(Instant now) throws StoreException {
        store = Stores.open(folder.resolve("gate.db"));
        gate = GateBundle.open(store, PINNED, StatusListOptions.HOUSE, now);
    }

    @AfterEach
    void close() throws StoreException {
        store.close();
    }

    private String install(byte[] bytes, Instant now) throws StoreException {
        return gate.install(bytes, now)
                .fold(
                        installed -> "bundle " + installed.counter(),
                        refused -> refused.reason().code());
    }

    private String install(byte[] bytes) throws StoreException {
        return install(bytes, NOON);
    }

    private static String codeOf(Answer<?> answer) {
        return answer.whyNot().map(Reason::code).orElse("present");
    }

    @Test
    @DisplayName("a gate works by its bundle, over a restart too")
    void worksByItsBundleOverARestart() throws Exception {
        assertThat(install(SIGNER.sign(bundle(1, NOON)))).isEqualTo("bundle 1");
        for (int start = 0; start < 2; start++) {
            assertThat(gate.counter()).isOne();
            assertThat(gate.issuedAt()).hasValue(NOON);
            assertThat(gate.keys(NOON).value().orElseThrow().keys()).isEqualTo(RING.keys());
            assertThat(gate.zones(NOON).value())
                    .isEqualTo(bundle(1, NOON).zones().map(Part::value));
            assertThat(gate.policy(NOON).value()).hasValue(Bundles.policy(1));
            assertThat(gate.timeZones(NOON).value()).hasValue("2026a");
            assertThat(gate.statusLists().whyNot(StatusReference.of(5, 7), NOON))
                    .isEmpty();
            assertThat(gate.problems(NOON)).isEmpty();
            close();
            open();
        }
    }

    @Test
    @DisplayName("each part that never came answers with its own reason")
    void saysWhichPartNeverCame() throws Exception {
        for (int time = 0; time < 2; time++) {
            assertThat(gate.problems(NOON))
                    .extracting(Reason::code)
                    .containsExactly(
                            "bundle.keys-missing",
                            "bundle.zones-missing",
                            "bundle.policy-missing",
                            "bundle.time-zones-missing");
            assertThat(install(SIGNER.sign(Bundle.builder(1, NOON).build()))).isEqualTo("bundle 1");
        }
        assertThat(gate.statusLists().whyNot(StatusReference.of(5, 7), NOON))
                .map(Reason::code)
                .hasValue("status.unknown-list");
    }

    @Test
    @DisplayName("each part has its own age limit and its own reason")
    void saysWhichPartIsTooOld() throws Exception {
        install(SIGNER.sign(bundle(1, NOON)));
        assertThat(codeOf(gate.policy(NOON.plus(HOUR.multipliedBy(4))))).isEqualTo("present");
        assertThat(codeOf(gate.policy(NOON.plus(HOUR.multipliedBy(4)).plusSeconds(1))))
                .isEqualTo("bundle.policy-too-old");
        Instant evening = NOON.plus(HOUR.multipliedBy(8)).plusSeconds(1);
        assertThat(codeOf(gate.keys(evening))).isEqualTo("bundle.keys-too-old");
        assertThat(codeOf(gate.zones(evening))).isEqualTo("present");
        assertThat(codeOf(gate.zones(NOON.plus(Duration.ofDays(2))))).isEqualTo("bundle.zones-too-old");
        assertThat(codeOf(gate.timeZones(NOON.plus(Duration.ofDays(91))))).isEqualTo("bundle.time-zones-too-old");
        assertThat(gate.statusLists().whyNot(StatusReference.of(5, 7), evening))
                .map(Reason::code)
                .hasValue("status.too-old");
    }

    @Test
    @DisplayName("a clock that jumped back behind the bundle is noticed by every part")
    void saysThatItsClockIsBehind() throws Exception {
        install(SIGNER.sign(bundle(1, NOON)));
        Instant behind = NOON.minusSeconds(31);
        assertThat(gate.problems(behind))
                .extracting(Reason::code)
                .containsOnly("bundle.clock-behind")
                .hasSize(4);
        assertThat(gate.problems(NOON.minusSeconds(30))).isEmpty();
    }

    @Test
    @DisplayName("the counter of bundles does not go back, over a restart neither")
    void refusesACounterThatGoesBack() throws Exception {
        byte[] old = SIGNER.sign(bundle(1, NOON));
        byte[] second = SIGNER.sign(bundle(2, NOON));
        assertThat(install(old)).isEqualTo("bundle 1");
        assertThat(install(second)).isEqualTo("bundle 2");
        assertThat(install(second)).as("the same again").isEqualTo("bundle 2");
        assertThat(install(old)).isEqualTo("bundle.went-back");
        close();
        open();
        assertThat(install(old)).isEqualTo("bundle.went-back");
        assertThat(gate.policy(NOON).value()).hasValue(Bundles.policy(2));
        assertThat(install(SIGNER.sign(bundle(2, NOON.plusSeconds(1))))).isEqualTo("bundle.forked");
    }

    @Test
    @DisplayName("a bundle that is changed, signed by another, or of the future is refused and nothing of it stays")
    void refusesWhatItsKeyDidNotSign() throws Exception {
        install(SIGNER.sign(bundle(1, NOON)));
        byte[] changed = SIGNER.sign(bundle(2, NOON));
        changed[changed.length - 1] ^= 1;
        assertThat(install(changed)).isEqualTo("bundle.signature");
        assertThat(install(BundleSigner.create(Bundles.PASSES).sign(bundle(2, NOON))))
                .isEqualTo("bundle.unknown-key");
        byte[] sameId = new byte[32];
        SigningKey impostor = SigningKey.of(BUNDLES.id(), sameId);
        assertThat(install(BundleSigner.create(impostor).sign(bundle(2, NOON)))).isEqualTo("bundle.signature");
        assertThat(install(SIGNER.sign(bundle(2, NOON.plusSeconds(31))))).isEqualTo("bundle.from-the-future");
        byte[] asList = SignedPayload.sign(Kind.STATUS_LIST, BundleCodec.encode(bundle(2, NOON)), BUNDLES);
        assertThat(install(
                        new CborWriter().arrayHead(2).arrayHead(0).bytes(asList).toByteArray()))
                .isEqualTo("bundle.signature");
        assertThat(gate.policy(NOON).value()).hasValue(Bundles.policy(1));
    }

    @Test
    @DisplayName("a bundle that is cut short anywhere is refused, one that is too long before anything is read")
    void refusesTruncatedAndOverlongBundles() throws Exception {
        byte[] whole = SIGNER.rotate(Bundles.key(4)).sign(bundle(1, NOON));
        for (int length = 0; length < whole.length; length++) {
            assertThat(install(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isEqualTo("bundle.malformed");
        }
        assertThat(install(Arrays.copyOf(whole, whole.length + 1))).isEqualTo("bundle.malformed");
        assertThat(install(new byte[BundleCodec.MAX_BUNDLE + 1])).isEqualTo("bundle.too-long");
        Bundle large = Bundle.builder(1, NOON)
                .statusList(new byte[BundleCodec.MAX_BUNDLE])
                .build();
        assertThatIllegalArgumentException().isThrownBy(() -> SIGNER.sign(large));
    }

    @Test
    @DisplayName("a bundle with a status list that is not taken is refused whole")
    void refusesABundleWithABadList() throws Exception {
        install(SIGNER.sign(bundle(1, NOON)));
        byte[] list = Bundles.STATUSES.sign(StatusList.empty(6, 1, 10), NOON);
        list[list.length - 1] ^= 1;
        Bundle bad = Bundle.builder(2, NOON).keys(RING, HOUR).statusList(list).build();
        assertThat(install(SIGNER.sign(bad))).isEqualTo("bundle.status-list");
        Bundle withoutKey = Bundle.builder(2, NOON)
                .keys(KeyRing.of(Bundles.PASSES.issuerKey()), HOUR)
                .statusList(Bundles.STATUSES.sign(StatusList.empty(6, 1, 10), NOON))
                .build();
        assertThat(install(SIGNER.sign(withoutKey))).isEqualTo("bundle.status-list");
        assertThat(gate.counter()).isOne();
    }

    @Test
    @DisplayName("a zone table that gives a bit another meaning, or goes back, is refused with its bundle")
    void refusesAZoneTableThatChangesABit() throws Exception {
        install(SIGNER.sign(bundle(3, NOON)));
        Bundle other = Bundle.builder(4, NOON)
                .zones(new ZoneTable(4, List.of(ZoneCode.of("vault")), Set.of()), HOUR)
                .build();
        assertThat(install(SIGNER.sign(other))).isEqualTo("bundle.zones");
        Bundle older = Bundle.builder(4, NOON)
                .zones(
                        new ZoneTable(
                                2, bundle(3, NOON).zones().orElseThrow().value().zones(), Set.of()),
                        HOUR)
                .build();
        assertThat(install(SIGNER.sign(older))).isEqualTo("bundle.zones");
        assertThat(gate.counter()).isEqualTo(3);
    }

    @Test
    void keepsALaterListThatCameBetweenBundles() throws Exception {
        StatusList first = StatusList.empty(5, 1, 1_000);
        StatusList second = first.with(1, Map.of(7, PassStatus.REVOKED));
        install(SIGNER.sign(bundle(1, NOON)));
        gate.statusLists()
                .install(Bundles.STATUSES.signChanges(first, second, NOON.plusSeconds(1)), NOON.plusSeconds(1));
        assertThat(install(SIGNER.sign(bundle(2, NOON)), NOON.plusSeconds(2))).isEqualTo("bundle 2");
        assertThat(gate.statusLists().whyNot(StatusReference.of(5, 7), NOON.plusSeconds(2)))
                .map(Reason::code)
                .hasValue("code.revoked");
    }

    @Test
    @DisplayName("the key of bundles changes by what the one before signed, also for a gate that slept through changes")
    void followsChangesOfTheBundleKey() throws Exception {
        BundleSigner second = SIGNER.rotate(Bundles.key(4));
        BundleSigner third = second.rotate(Bundles.key(5));
        assertThat(install(third.sign(bundle(1, NOON)))).isEqualTo("bundle 1");
        assertThat(install(second.sign(bundle(2, NOON)))).as("the one before").isEqualTo("bundle.unknown-key");
        assertThat(install(SIGNER.sign(bundle(2, NOON)))).as("the first").isEqualTo("bundle.unknown-key");
        close();
        open();
        assertThat(gate.policy(NOON).value()).hasValue(Bundles.policy(1));
        assertThat(install(SIGNER.sign(bundle(2, NOON)))).as("after a restart").isEqualTo("bundle.unknown-key");
        BundleSigner kept = BundleSigner.create(Bundles.key(5), third.number(), third.changes());
        assertThat(install(kept.sign(bundle(2, NOON)))).isEqualTo("bundle 2");
        BundleSigner fourth = kept.rotate(Bundles.key(6));
        assertThat(install(fourth.sign(bundle(2, NOON))))
                .as("the same under a new key")
                .isEqualTo("bundle 2");
        assertThat(install(fourth.sign(bundle(3, NOON)))).isEqualTo("bundle 3");
    }

    @Test
    @DisplayName("a change of the bundle key that the trusted one did not sign, or the new one neither, is refused")
    void refusesChangesThatTheTrustedKeyDidNotSign() throws Exception {
        BundleSigner foreign = BundleSigner.create(Bundles.key(9)).rotate(Bundles.key(4));
        assertThat(install(foreign.sign(bundle(1, NOON)))).isEqualTo("bundle.key-change");
        BundleSigner skipping =
                BundleSigner.create(Bundles.key(5), 2, List.of(KeyChange.sign(BUNDLES, Bundles.key(5), 2)));
        assertThat(install(skipping.sign(bundle(1, NOON)))).isEqualTo("bundle.key-change");
        byte[] halves = KeyChange.sign(BUNDLES, Bundles.key(4), 1);
        halves[halves.length - 1] ^= 1;
        BundleSigner unproven = BundleSigner.create(Bundles.key(4), 1, List.of(halves));
        assertThat(install(unproven.sign(bundle(1, NOON)))).isEqualTo("bundle.malformed");
        assertThat(install(SIGNER.sign(bundle(1, NOON)))).isEqualTo("bundle 1");
    }

    @Test
    @DisplayName(
            "a stolen bundle key is replaced by hand: what it signed is gone by no more, and bundles are counted anew")
    void pinsAnotherKeyByHand() throws Exception {
        install(SIGNER.sign(
                Bundle.builder(Long.MAX_VALUE, NOON).keys(RING, HOUR).build()));
        gate.pin(Bundles.pinned(Bundles.key(4)));
        assertThat(codeOf(gate.keys(NOON))).isEqualTo("bundle.keys-missing");
        assertThat(install(SIGNER.sign(bundle(2, NOON)))).isEqualTo("bundle.unknown-key");
        assertThat(install(BundleSigner.create(Bundles.key(4)).sign(bundle(1, NOON))))
                .isEqualTo("bundle 1");
        close();
        open();
        assertThat(install(SIGNER.sign(bundle(3, NOON)))).isEqualTo("bundle.unknown-key");
        assertThat(gate.counter()).isOne();
    }

    @Test
    void fetchesAgainABundleThatTheDiskDamaged() throws Exception {
        byte[] first = SIGNER.sign(bundle(1, NOON));
        install(first);
        store.write(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE bundle_held SET bundle = zeroblob(100)");
            }
        });
        close();
        open();
        assertThat(gate.counter()).isOne();
        assertThat(codeOf(gate.keys(NOON))).isEqualTo("bundle.keys-missing");
        assertThat(install(first)).isEqualTo("bundle 1");
        assertThat(codeOf(gate.keys(NOON))).isEqualTo("present");
    }

    @Test
    void encodesKeysInEveryStateAndScope() throws Exception {
        KeyRing ring = RING.with(Bundles.key(7).issuerKey().activeFrom(NOON.plusMillis(5)))
                .withRevoked(Bundles.PASSES.id())
                .withRetired(Bundles.LISTS.id())
                .with(Bundles.key(8).issuerKey(KeyScope.of("acme", KeyUse.EVENT_TICKETS)));
        Bundle bundle = BundleCodec.decode(
                BundleCodec.encode(Bundle.builder(9, NOON).keys(ring, HOUR).build()));
        assertThat(bundle.keys().orElseThrow().value().keys()).isEqualTo(ring.keys());
    }
}
