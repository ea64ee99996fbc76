package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.gallery.ExchangeResult.Done;
import io.gatehouse.biometrics.gallery.ExchangeResult.Refused;
import io.gatehouse.biometrics.gallery.SearchResult.Known;
import io.gatehouse.biometrics.gallery.SearchResult.Unknown;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.biometrics.protect.ExchangeKey;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.LedgerEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sites: one sends Anna and Bob, the other takes them or not. */
class ExchangeTest {
    private static final PersonId ANNA = PersonId.of("anna");
    private static final PersonId BOB = PersonId.of("bob");
    private static final Map<PersonId, String> BASES = Map.of(ANNA, "receipt-1", BOB, "receipt-2");
    private static final Duration WEEK = Duration.ofDays(7);

    private final Faces faces = new Faces(99);
    private final Template anna = faces.any();
    private final Template bob = faces.any();
    private final ExchangeKey receiver = ExchangeKey.create();
    private final KeyPair sender = signingKey();

    @TempDir
    Path folder;

    private GalleryHouse there;
    private GalleryHouse here;
    private Gallery from;
    private Gallery to;

    private static KeyPair signingKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new LinkageError("there is Ed25519", e);
        }
    }

    @BeforeEach
    void open() throws IOException {
        there = new GalleryHouse(Files.createDirectory(folder.resolve("there")));
        here = new GalleryHouse(Files.createDirectory(folder.resolve("here")));
        from = there.gallery(Purpose.ACCESS);
        to = here.gallery(Purpose.ACCESS);
        from.enrol(ANNA, anna);
        from.enrol(ANNA, faces.near(anna, 0.1));
        from.enrol(BOB, bob);
        from.enrol(PersonId.of("not-sent"), faces.any());
    }

    @AfterEach
    void close() throws IOException {
        from.close();
        to.close();
        there.close();
        here.close();
    }

    private Export export() {
        return new Export(BASES, receiver.publicKey(), "site-a", sender.getPrivate(), WEEK);
    }

    private Path file() throws IOException {
        Path file = folder.resolve("export");
        try (var out = Files.newOutputStream(file)) {
            assertThat(from.export(Purpose.ACCESS, export(), out))
                    .isInstanceOfSatisfying(
                            Done.class, done -> assertThat(done.templates()).isEqualTo(3));
        }
        return file;
    }

    private ExchangeResult take(Path file) throws IOException {
        return to.importFrom(Purpose.ACCESS, file, receiver, sender.getPublic());
    }

    private void refuses(Path file, String code) throws IOException {
        assertThat(take(file))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason().code()).isEqualTo("exchange." + code));
        assertThat(to.size()).isZero();
        assertThat(here.rows()).isZero();
        LedgerEvent last = here.recorded.get(here.recorded.size() - 1);
        assertThat(last.kind()).isEqualTo(Gallery.EXCHANGE_REFUSED);
        assertThat(last.facts()).containsEntry("reason", "exchange." + code);
    }

    private static SearchResult search(Gallery gallery, Template probe) {
        return gallery.identify(gallery.purpose(), probe, SearchOptions.DEFAULT);
    }

    @Test
    @DisplayName("ATT-3 ATT-6 ATT-10 Who was sent is found at the other site with the same score; both sites record it")
    void findsAtTheOtherSiteWhoWasSent() throws IOException {
        Path file = file();
        assertThat(take(file)).isInstanceOfSatisfying(Done.class, done -> {
            assertThat(done.templates()).isEqualTo(3);
            assertThat(done.left()).isEmpty();
        });
        Template probe = faces.near(anna, 0.45);
        Known sent = (Known) search(from, probe);
        assertThat(search(to, probe)).isInstanceOfSatisfying(Known.class, taken -> {
            assertThat(taken.person()).isEqualTo(ANNA);
            assertThat(taken.score()).isCloseTo(sent.score(), within(1e-3));
        });
        assertThat(search(to, bob)).isInstanceOf(Known.class);
        assertThat(to.size()).isEqualTo(3);
        assertThat(there.recorded(Gallery.EXPORTED)).hasSize(1);
        assertThat(here.recorded(Gallery.IMPORTED)).hasSize(1);
        assertThat(here.recorded(Gallery.IMPORTED).get(0).facts())
                .containsEntry("sender", "site-a")
                .containsEntry("templates", "3")
                .isEqualTo(there.recorded(Gallery.EXPORTED).get(0).facts());
    }

    @Test
    @DisplayName("ATT-6 ATT-9 An export for another purpose or without a basis sends nothing and is recorded")
    void sendsNothingForAnotherPurposeOrWithoutBasis() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(from.export(Purpose.of("surveillance"), export(), out)).isInstanceOf(Refused.class);
        assertThat(there.recorded(Gallery.EXCHANGE_REFUSED).get(0).facts())
                .containsEntry("asked", "surveillance")
                .containsEntry("reason", "exchange.other-purpose");
        there.withdraw(BOB);
        assertThat(from.export(Purpose.ACCESS, export(), out))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason().code()).isEqualTo("exchange.no-basis"));
        there.consent(BOB);
        from.remove(BOB);
        assertThat(from.export(Purpose.ACCESS, export(), out))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason().code()).isEqualTo("exchange.unknown-person"));
        from.enrol(BOB, bob);
        there.ledgerFails = true;
        assertThatThrownBy(() -> from.export(Purpose.ACCESS, export(), out)).isInstanceOf(IOException.class);
        assertThat(out.size()).isZero();
        assertThat(there.recorded(Gallery.EXPORTED)).isEmpty();
        assertThat(there.recorded(Gallery.EXCHANGE_REFUSED)).hasSize(3);
        assertThatThrownBy(() -> new Export(Map.of(), receiver.publicKey(), "a", sender.getPrivate(), WEEK))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName(
            "ATT-6 ATT-9 An import for another purpose or of somebody without a basis takes nobody and is recorded")
    void takesNobodyForAnotherPurposeOrWithoutBasis() throws IOException {
        Path file = file();
        here.withdraw(BOB);
        refuses(file, "no-basis");
        here.consent(BOB);
        try (Gallery attendance = here.gallery(Purpose.ATTENDANCE)) {
            assertThat(attendance.importFrom(Purpose.ATTENDANCE, file, receiver, sender.getPublic()))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason().code()).isEqualTo("exchange.other-purpose"));
            assertThat(attendance.importFrom(Purpose.ACCESS, file, receiver, sender.getPublic()))
                    .isInstanceOf(Refused.class);
            assertThat(attendance.size()).isZero();
        }
        assertThat(here.recorded(Gallery.EXCHANGE_REFUSED)).hasSize(3);
        here.ledgerFails = true;
        assertThatThrownBy(() -> take(file)).isInstanceOf(IOException.class);
        assertThat(to.size()).isZero();
        here.ledgerFails = false;
        assertThat(take(file)).isInstanceOf(Done.class);
    }

    @Test
    @DisplayName(
            "ATT-7 What has expired is refused, also by a clock that was put back; so is what comes from the future")
    void refusesWhatIsNotOfNow() throws IOException {
        Path file = file();
        here.pass(Duration.ofMinutes(-6));
        refuses(file, "not-yet");
        here.pass(WEEK.plusMinutes(6));
        refuses(file, "expired");
        there.pass(WEEK);
        Path later = file();
        assertThat(take(later)).isInstanceOf(Done.class);
        to.remove(ANNA);
        to.remove(BOB);
        here.pass(WEEK.negated());
        refuses(file(), "clock");
    }

    @Test
    @DisplayName("ATT-7 An export is taken once, also after a restart, until it has expired")
    void takesAnExportOnce() throws IOException {
        Path file = file();
        assertThat(take(file)).isInstanceOf(Done.class);
        to.remove(ANNA);
        to.remove(BOB);
        refuses(file, "replayed");
        to.close();
        to = here.gallery(Purpose.ACCESS);
        refuses(file, "replayed");
        here.pass(WEEK);
        refuses(file, "expired");
        assertThat(here.count("gallery_import")).isEqualTo(1);
    }

    @Test
    @DisplayName("ATT-3 A damaged, forged or misdirected file leaves the gallery as it was")
    void refusesWhatIsDamagedOrForged() throws IOException {
        Path file = file();
        byte[] sound = Files.readAllBytes(file);
        byte[] altered = sound.clone();
        altered[sound.length - 20] ^= 1;
        Files.write(file, altered);
        refuses(file, "damaged");
        Files.write(file, Arrays.copyOf(sound, sound.length - 1));
        refuses(file, "damaged");
        Files.write(file, Arrays.copyOf(sound, 1 << 20));
        refuses(file, "too-large");
        Files.write(file, new byte[1_000]);
        refuses(file, "no-exchange-file");
        Files.write(file, sound);
        assertThat(to.importFrom(Purpose.ACCESS, file, receiver, signingKey().getPublic()))
                .isInstanceOf(Refused.class);
        assertThat(to.importFrom(Purpose.ACCESS, file, ExchangeKey.create(), sender.getPublic()))
                .isInstanceOf(Refused.class);
        assertThat(take(file)).isInstanceOf(Done.class);
    }

    @Test
    void refusesAnotherPackAndMoreThanFits() throws IOException {
        Path file = file();
        to.close();
        to = here.builder(Purpose.ACCESS, ModelPack.loadSteady()).open();
        refuses(file, "other-pack");
        to.close();
        to = here.builder(Purpose.ACCESS, GalleryHouse.PACK).maxReferences(2).open();
        refuses(file, "too-large");
    }

    @Test
    void leavesWhoIsThereUnderAnotherName() throws IOException {
        to.enrol(PersonId.of("robert"), faces.near(bob, 0.1));
        assertThat(take(file())).isInstanceOfSatisfying(Done.class, done -> {
            assertThat(done.templates()).isEqualTo(2);
            assertThat(done.left()).containsExactly(BOB);
        });
        assertThat(to.verify(Purpose.ACCESS, BOB, bob, 1e-3)).isInstanceOf(Unknown.class);
    }

    @Test
    @DisplayName("ATT-3 A renewal of the sender's key changes nothing for who was sent")
    void isOfUseAfterARenewal() throws IOException {
        from.renewReferences();
        Path file = file();
        to.renewReferences();
        assertThat(take(file)).isInstanceOf(Done.class);
        assertThat(search(to, faces.near(anna, 0.2))).isInstanceOf(Known.class);
    }
}
