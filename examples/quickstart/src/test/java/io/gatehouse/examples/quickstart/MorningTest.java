package io.gatehouse.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays the morning with the demo pictures once and looks at every step. */
class MorningTest {
    @TempDir
    static Path folder;

    private static Played first = new Played(-1, "", "");

    @BeforeAll
    static void play() {
        first = Played.with("--out", folder.toString(), "--spoof", spoof().toString());
    }

    @Test
    void everyStepEndsAsItMust() {
        assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
        assertThat(first.err()).isEmpty();
        assertThat(first.out()).contains(" 0 not as they must be").doesNotContain(" NOT ");
    }

    @Test
    void saysWhatIsSimulated() {
        assertThat(first.out()).contains("The second capture of each is simulated");
    }

    @Test
    @DisplayName("ATT-2 the notice is shown with its version and consent recorded; who declines gets a code")
    void asksForConsent() {
        assertThat(first.step(1))
                .hasSizeGreaterThan(3)
                .last()
                .asString()
                .contains("declines", "gets a QR code instead");
        assertThat(first.step(1).get(0)).contains("consents", "notice face-access version 1, sha256 ");
    }

    @Test
    @DisplayName("ATT-9 enrolment makes a sealed template and keeps no picture")
    void enrols() {
        assertThat(first.step(2))
                .allSatisfy(line -> assertThat(line).contains("enrolled", "template sealed", "picture not kept"));
    }

    @Test
    @DisplayName("ATT-10 known faces are let in, REG-3 only where and when the rules say so")
    void recognisesAndDecides() {
        assertThat(first.step(3))
                .anySatisfy(line -> assertThat(line).contains("opened", "by rule staff-in-working-hours"));
        assertThat(first.step(3)).anySatisfy(line -> assertThat(line).contains("refused", "permit.outside-hours"));
        assertThat(first.step(3)).anySatisfy(line -> assertThat(line).contains("refused", "permit.wrong-zone"));
    }

    @Test
    void refusesStrangers() {
        assertThat(first.step(3))
                .filteredOn(line -> line.contains("a stranger"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("refused", "face.no-consented-match"));
    }

    @Test
    @DisplayName("ATT-14 pictures of faces are refused")
    void refusesAttacks() {
        assumeTrue(Files.isDirectory(spoof()), "no pictures of attacks at " + spoof());
        assertThat(first.step(3))
                .filteredOn(line -> line.contains("a picture held up"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("refused", "face.attack"));
    }

    @Test
    @DisplayName("ENT-6 a code opens once; replayed, expired and altered ones are refused, each with its reason")
    void takesCodesOnce() {
        assertThat(first.step(4)).hasSize(5);
        assertThat(first.step(4).subList(0, 2))
                .allSatisfy(line -> assertThat(line).contains("opened"));
        assertThat(first.step(4).get(2)).contains("refused", "code.replayed");
        assertThat(first.step(4).get(3)).contains("refused", "code.expired");
        assertThat(first.step(4).get(4)).contains("refused", "code.signature");
    }

    @Test
    void readsACardOverALink() {
        assertThat(first.step(5).get(0)).contains("refused", "card.unknown");
        assertThat(first.step(5).get(1)).contains("opened");
    }

    @Test
    void showsTheRelaysBytes() {
        assertThat(first.out()).contains("out 01 05 00 00 FF 00 8C 3A").contains("in 01 05 00 00 FF 00 8C 3A");
        assertThat(first.step(6).get(1)).contains("no answer");
    }

    @Test
    @DisplayName("ATT-4 who withdraws consent is refused by face and still let in by code")
    void shredsOnWithdrawal() {
        assertThat(first.step(7).get(0)).contains("shredded");
        assertThat(first.step(7).get(1)).contains("refused", "No template enrolled with consent");
        assertThat(first.step(7).get(2)).contains("opened");
    }

    @Test
    @DisplayName("REG-11 fire releases the doors and prints who is where")
    void releasesAndMusters() {
        assertThat(first.step(8).get(0)).contains("2 released");
        assertThat(first.out()).contains("office: Robin, since ");
    }

    @Test
    @DisplayName("ATT-24 an altered record is found, with its place")
    void provesTheRecord() {
        assertThat(first.step(9).get(0)).contains("verified");
        assertThat(first.step(9).get(1)).contains("verified");
        assertThat(first.step(9).get(2)).contains("refuted").containsPattern("Entry \\d+ ");
    }

    @Test
    void writesASelfContainedReport() throws IOException {
        String page = Files.readString(folder.resolve("report.html"));
        assertThat(page).contains("All ", "data:image/jpeg;base64,", "Muster list", "Checkpoint, signed");
        assertThat(page).doesNotContain("src=\"http", "href=\"http");
    }

    @Test
    void keepsNoPictureAndNoNameInTheDatabase() throws IOException {
        String database =
                Files.readString(folder.resolve("gatehouse.db"), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(database).doesNotContain("Person A").doesNotContain("Robin");
    }

    @Test
    void aSecondMorningGoesOnWithTheSameRecord(@TempDir Path again) {
        Played before = Played.with("--out", again.toString());
        Played second = Played.with("--out", again.toString());
        assertThat(second.exitCode()).as(second.out() + second.err()).isZero();
        assertThat(entriesOf(second)).isGreaterThan(entriesOf(before));
    }

    @Test
    void recognisesEverybodyOfAFolderOfPhotographs(@TempDir Path out) {
        Path johns = sharedData().resolve("faces").resolve("johns");
        assumeTrue(Files.isDirectory(johns), "no photographs at " + johns);
        Played played = Played.with("--out", out.toString(), "--photos", johns.toString());
        assertThat(played.exitCode()).as(played.out() + played.err()).isZero();
        assertThat(played.step(3))
                .filteredOn(line -> line.contains("recognised "))
                .hasSize(5)
                .allSatisfy(line -> assertThat(line).contains(" ok "));
    }

    private static long entriesOf(Played played) {
        String line = played.step(9).get(0);
        return Long.parseLong(line.replaceFirst(".* (\\d+) entries.*", "$1"));
    }

    private static Path spoof() {
        return sharedData().resolve("faces").resolve("spoof");
    }

    static Path sharedData() {
        return Path.of(Objects.requireNonNull(System.getProperty("gatehouse.shared.data"), "gatehouse.shared.data"));
    }
}
