package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.ledger.verify.Finding.Kind;
import io.gatehouse.core.ledger.verify.LedgerVerifier;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.core.ledger.verify.WitnessKey;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports a ledger of 600 entries, spoils the export in every way, and asks the verifier what is wrong. */
class LedgerExportTest {
    private static final String ORIGIN = "gate.example.com/ledger";
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final int ENTRIES = 600;
    private static final String SECOND_BUNDLE = "tile/entries/001";
    private static final String LAST_BUNDLE = "tile/entries/002.p/88";

    @TempDir
    static Path home;

    @TempDir
    Path directory;

    private static Store store;
    private static StoreVault vault;
    private static StoreLedger ledger;
    private static Path whole;

    private Path export;

    @BeforeAll
    static void open() throws IOException {
        store = Stores.open(home.resolve("gatehouse.db"));
        vault = StoreVault.open(store, keyFile(), InstantSource.fixed(NOW));
        ledger = StoreLedger.open(store, vault, ORIGIN, InstantSource.fixed(NOW));
        append(ledger, ENTRIES);
        whole = home.resolve("export");
        ledger.export(whole);
    }

    @AfterAll
    static void close() throws IOException {
        vault.close();
        store.close();
    }

    private static KeyEncryptionKey keyFile() {
        return KeyEncryptionKey.ofKeyFile(home.resolve("vault.key"));
    }

    @BeforeEach
    void copy() throws IOException {
        export = directory.resolve("export");
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path file : files.toList()) {
                Files.copy(file, export.resolve(whole.relativize(file)));
            }
        }
    }

    private static void append(StoreLedger ledger, int count) {
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        for (int i = 0; i < count; i++) {
            last = ledger.appendAsync(LedgerEvent.builder(EventKind.DECISION, NOW)
                    .fact("number", "fact " + i)
                    .build());
        }
        last.join();
    }

    private Verification verify() throws IOException {
        return LedgerVerifier.of(ledger.verifierKey()).verify(export);
    }

    private List<String> found() throws IOException {
        return verify().findings().stream()
                .map(finding -> finding.kind() + " " + finding.index())
                .toList();
    }

    private List<byte[]> bundle(String name) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(export.resolve(name)));
        List<byte[]> entries = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] entry = new byte[bytes.getShort() & 0xFFFF];
            bytes.get(entry);
            entries.add(entry);
        }
        return entries;
    }

    private void write(String name, List<byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            bytes.write(entry.length >>> 8);
            bytes.write(entry.length);
            bytes.writeBytes(entry);
        }
        Files.write(export.resolve(name), bytes.toByteArray());
    }

    private void flip(String name, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(export.resolve(name));
        bytes[at] ^= 1;
        Files.write(export.resolve(name), bytes);
    }

    private void replace(String name, String from, String to) throws IOException {
        String text = Files.readString(export.resolve(name));
        assertThat(text).contains(from);
        Files.writeString(export.resolve(name), text.replace(from, to));
    }

    @Test
    void writesTheFilesOfTheTilesSpecification() throws Exception {
        try (Stream<Path> files = Files.walk(export)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> export.relativize(file).toString().replace('\\', '/')))
                    .containsExactlyInAnyOrder(
                            "checkpoint",
                            "verifier-key",
                            "tile/0/000",
                            "tile/0/001",
                            "tile/0/002.p/88",
                            "tile/1/000.p/2",
                            "tile/entries/000",
                            SECOND_BUNDLE,
                            LAST_BUNDLE);
        }
        assertThat(Files.readString(export.resolve("verifier-key")).strip())
                .isEqualTo(ledger.verifierKey().toString());
        assertThat(verify().isVerified()).isTrue();
        assertThatThrownBy(() -> ledger.export(export)).isInstanceOf(FileAlreadyExistsException.class);
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("partial"));
        }
    }

    @Test
    void verifiesAnEmptyLedger() throws Exception {
        try (Store other = Stores.open(directory.resolve("other.db"));
                StoreVault otherVault = StoreVault.open(other, keyFile(), InstantSource.fixed(NOW))) {
            StoreLedger empty = StoreLedger.open(other, otherVault, ORIGIN, InstantSource.fixed(NOW));
            empty.export(directory.resolve("empty"));
            assertThat(LedgerVerifier.of(empty.verifierKey())
                            .verify(directory.resolve("empty"))
                            .isVerified())
                    .isTrue();
        }
    }

    @Test
    void findsEachFlippedBitOfTheEntriesAndSaysWhichEntry() throws Exception {
        long seed = 42;
        Random random = new Random(seed);
        byte[] intact = Files.readAllBytes(export.resolve(SECOND_BUNDLE));
        for (int round = 0; round < 40; round++) {
            int entry = random.nextInt(256);
            List<byte[]> entries = bundle(SECOND_BUNDLE);
            byte[] altered = entries.get(entry);
            altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
            write(SECOND_BUNDLE, entries);
            assertThat(found()).as("seed " + seed).containsExactly("ALTERED " + (256 + entry));
            Files.write(export.resolve(SECOND_BUNDLE), intact);
        }
    }

    @Test
    void findsEveryFlippedBitAnywhereInTheExport() throws Exception {
        long seed = 43;
        Random random = new Random(seed);
        List<String> names;
        try (Stream<Path> files = Files.walk(export)) {
            names = files.filter(Files::isRegularFile)
                    .map(file -> export.relativize(file).toString())
                    .filter(name -> !name.equals("verifier-key"))
                    .sorted()
                    .toList();
        }
        for (String name : names) {
            byte[] intact = Files.readAllBytes(export.resolve(name));
            for (int round = 0; round < 15; round++) {
                int at = random.nextInt(intact.length);
                flip(name, at);
                assertThat(verify().isVerified())
                        .as(name + " byte " + at + " seed " + seed)
                        .isFalse();
                Files.write(export.resolve(name), intact);
            }
        }
    }

    @Test
    void saysWhichEntriesAreMissing() throws Exception {
        List<byte[]> entries = bundle(SECOND_BUNDLE);
        entries.subList(10, 12).clear();
        write(SECOND_BUNDLE, entries);
        assertThat(found()).containsExactly("MISSING 266", "MISSING 267");
    }

    @Test
    void saysThatEntriesStandInEachOthersPlaces() throws Exception {
        List<byte[]> entries = bundle(SECOND_BUNDLE);
        Collections.swap(entries, 7, 9);
        write(SECOND_BUNDLE, entries);
        assertThat(found()).containsExactly("REORDERED 263", "REORDERED 265");
    }

    @Test
    void saysThatAnEntryWasAdded() throws Exception {
        List<byte[]> entries = bundle(LAST_BUNDLE);
        entries.add(entries.get(0));
        write(LAST_BUNDLE, entries);
        assertThat(found()).containsExactly("SURPLUS 599");
    }

    @Test
    void findsEveryTruncationOfABundle() throws Exception {
        byte[] intact = Files.readAllBytes(export.resolve(LAST_BUNDLE));
        for (int length = 0; length < intact.length; length += 7) {
            Files.write(export.resolve(LAST_BUNDLE), Arrays.copyOf(intact, length));
            assertThat(verify().isVerified()).as("length " + length).isFalse();
        }
        Files.write(export.resolve(LAST_BUNDLE), Arrays.copyOf(intact, intact.length - 1));
        assertThat(found()).containsExactly("MALFORMED 599", "MISSING 599");
    }

    @Test
    void saysWhichFilesAreMissing() throws Exception {
        Files.delete(export.resolve(SECOND_BUNDLE));
        assertThat(found()).containsExactly("MISSING 256");
        Files.delete(export.resolve("tile/0/002.p/88"));
        assertThat(found()).containsExactly("MISSING 256", "MISSING 512");
        Files.delete(export.resolve("checkpoint"));
        assertThat(found()).containsExactly("MISSING -1");
    }

    @Test
    void saysWhereAHashWasAltered() throws Exception {
        flip("tile/0/001", 5 * 32);
        assertThat(found()).containsExactlyInAnyOrder("ALTERED 261", "ALTERED 256", "WRONG_ROOT -1");
    }

    @Test
    void saysThatTheCheckpointIsFalse() throws Exception {
        replace("checkpoint", "\n600\n", "\n599\n");
        assertThat(found()).contains("FALSE_SIGNATURE -1");
    }

    @Test
    void endsSoonWhenAFalseCheckpointClaimsManyEntries() throws Exception {
        replace("checkpoint", "\n600\n", "\n999999999999999999\n");
        assertThat(found()).contains("FALSE_SIGNATURE -1").hasSizeLessThan(10);
    }

    @Test
    void saysThatTheKeyIsAnothers() throws Exception {
        VerifierKey other = new VerifierKey(ORIGIN, new byte[32]);
        Verification verification = LedgerVerifier.of(other).verify(export);
        assertThat(verification.findings())
                .extracting(finding -> finding.kind())
                .containsExactly(Kind.WRONG_KEY);
    }

    @Test
    void saysThatTheLedgerWasShortenedOrGivenAnotherPast() throws Exception {
        LedgerVerifier verifier = LedgerVerifier.of(ledger.verifierKey());
        append(ledger, 10);
        String later = ledger.checkpoint().note();
        assertThat(verifier.verify(export, later).findings())
                .extracting(finding -> finding.kind())
                .containsExactly(Kind.ROLLED_BACK);
        Path longer = directory.resolve("longer");
        ledger.export(longer);
        String earlier = Files.readString(export.resolve("checkpoint"));
        assertThat(verifier.verify(longer, earlier).isVerified()).isTrue();
        // Somebody with the key signs another past: taken here from a ledger that shares only the key.
        String forked = CheckpointSigner.open(
                        vault,
                        ORIGIN,
                        store.read(LedgerTables::root).orElseThrow().signingKey())
                .sign(300, new byte[32]);
        assertThat(verifier.verify(longer, forked).findings())
                .extracting(finding -> finding.kind())
                .containsExactly(Kind.FORKED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier.verify(longer, earlier.replace("\n600\n", "\n601\n")));
    }

    @Test
    void leavesNothingBehindWhenTheExportFails() throws Exception {
        Path second = directory.resolve("second");
        try (Store other = Stores.open(directory.resolve("other.db"));
                StoreVault otherVault = StoreVault.open(other, keyFile(), InstantSource.fixed(NOW))) {
            StoreLedger damaged = StoreLedger.open(other, otherVault, ORIGIN, InstantSource.fixed(NOW));
            append(damaged, 3);
            other.write(connection -> {
                try (var delete = connection.prepareStatement("DELETE FROM ledger_entry WHERE position = 1")) {
                    return delete.executeUpdate();
                }
            });
            assertThatThrownBy(() -> damaged.export(second)).isInstanceOf(LedgerException.class);
        }
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("second"));
        }
    }

    @Test
    void runsAsAProgramOnTheVerifyPackageAlone() throws Exception {
        String key = ledger.verifierKey().toString();
        assertThat(program(export.toString(), key)).isZero();
        assertThat(output()).startsWith("Verified: " + ORIGIN + ", 600 entries");
        flip(SECOND_BUNDLE, 40);
        assertThat(program(export.toString(), key)).isEqualTo(1);
        assertThat(output()).contains("entry 256").contains("altered");
        assertThat(program(export.toString())).isEqualTo(2);
        assertThat(output()).startsWith("Usage");
        assertThat(program(export.toString(), "nonsense")).isEqualTo(2);
        flip(SECOND_BUNDLE, 40);
        String witness = new WitnessKey("one.example.com", new byte[32]).toString();
        assertThat(program(export.toString(), key, "--witness", witness)).isEqualTo(1);
        assertThat(output()).contains("one.example.com is missing");
        assertThat(program(export.toString(), key, "--witness", witness, "--needed", "0"))
                .isZero();
        assertThat(program(export.toString(), key, "--witness")).isEqualTo(2);
        assertThat(program(directory.resolve("nowhere").toString(), key)).isEqualTo(2);
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("output.txt"), StandardCharsets.UTF_8);
    }

    private int program(String... arguments) throws IOException, InterruptedException, URISyntaxException {
        Path alone = directory.resolve("alone");
        Path packagePath = Path.of("io", "gatehouse", "core", "ledger", "verify");
        if (Files.notExists(alone)) {
            Path classes = Path.of(LedgerVerifier.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Files.createDirectories(alone.resolve(packagePath));
            try (Stream<Path> files = Files.list(classes.resolve(packagePath))) {
                for (Path file : files.toList()) {
                    Files.copy(file, alone.resolve(packagePath).resolve(file.getFileName()));
                }
            }
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-cp",
                alone.toString(),
                LedgerVerifier.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
