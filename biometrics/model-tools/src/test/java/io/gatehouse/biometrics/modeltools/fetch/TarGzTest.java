package io.gatehouse.biometrics.modeltools.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TarGzTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final Set<String> WANTED = Set.of("package/a", "package/long/b");

    private final TarGz tarGz = new TarGz(1000);

    @Test
    void takesOnlyTheWantedFilesWithTheirPrefixes() throws IOException {
        Map<String, byte[]> found = read(archive());

        assertThat(found).containsOnlyKeys(WANTED);
        assertThat(found.get("package/a")).isEqualTo(HELLO);
        assertThat(found.get("package/long/b")).hasSize(700);
    }

    @Test
    void passesOverWhatIsNotARegularFile() throws IOException {
        byte[] link = new TarGzFixture()
                .entry("", "package/a", new byte[0], 0, '2')
                .file("package/a", HELLO)
                .bytes();

        assertThat(tarGz.read(new ByteArrayInputStream(link), Set.of("package/a"))
                        .get("package/a"))
                .isEqualTo(HELLO);
    }

    @Test
    void refusesAnEntryBeyondTheLimit() throws IOException {
        byte[] bomb =
                new TarGzFixture().entry("", "package/a", HELLO, 1L << 32, '0').bytes();

        assertThatIOException().isThrownBy(() -> read(bomb)).withMessageContaining("the limit is 1000");
    }

    @Test
    void noticesAnEarlyEndAtEveryLength() throws IOException {
        byte[] whole = archive();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                assertThat(read(cut)).as("cut at %d", length).containsOnlyKeys(WANTED);
            } catch (IOException expected) {
                assertThat(expected).as("cut at %d", length).isNotNull();
            }
        }
        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length / 2))).isInstanceOf(IOException.class);
    }

    @Test
    void flippedBitsAreAnIoExceptionOrAnswerWithinTheLimit() throws IOException {
        byte[] whole = archive();
        long seed = 20261122L;
        System.out.println("TarGzTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] bent = whole.clone();
            bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                read(bent).values().forEach(bytes -> assertThat(bytes).hasSizeLessThanOrEqualTo(1000));
            } catch (IOException expected) {
                assertThat(expected.getStackTrace()).isNotEmpty();
            }
        }
    }

    private Map<String, byte[]> read(byte[] archive) throws IOException {
        return tarGz.read(new ByteArrayInputStream(archive), WANTED);
    }

    private static byte[] archive() throws IOException {
        return new TarGzFixture()
                .file("../../etc/x", HELLO)
                .file("package/a", HELLO)
                .file("package/other", new byte[513])
                .file("package/long", "b", new byte[700])
                .bytes();
    }
}
