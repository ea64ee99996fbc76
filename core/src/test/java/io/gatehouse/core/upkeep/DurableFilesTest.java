package io.gatehouse.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.store.BackupKey;
import io.gatehouse.core.store.Backups;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows the system calls of a program that exports, backs up and restores, and sees what a power cut would leave. */
class DurableFilesTest {
    private static final Pattern FD_CALL = Pattern.compile("^\\d+ +(\\w+)\\((\\d+)<([^>]*)>(.*)$");
    private static final Pattern CREATION = Pattern.compile("^\\d+ +openat\\(.*?\"([^\"]*)\", (\\S+).*= \\d+.*$");
    private static final Pattern NAMED = Pattern.compile("^\\d+ +(mkdir|unlink)\\(\"([^\"]*)\".*\\) += 0$");
    private static final Pattern RENAME = Pattern.compile("^\\d+ +rename\\(\"([^\"]*)\", \"([^\"]*)\"\\) += 0$");
    private static final Pattern RESUMED = Pattern.compile("^(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)$");

    @TempDir
    Path directory;

    /** Files with bytes, and directories with names, that are not on the disk yet. */
    private final Set<String> unsynced = new HashSet<>();

    private final List<String> renamed = new ArrayList<>();
    private int done;

    @Test
    @DisplayName("what an export, a backup, a rotation and a restore leave is on the disk before they return")
    void everythingIsOnTheDiskBeforeItIsNamedAndSaid() throws Exception {
        assumeTrue(tracerRuns(), "skipped: strace is not installed, or may not trace here");
        Path trace = directory.resolve("trace");
        Process process = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-y",
                        "-qq",
                        "-e",
                        "trace=openat,mkdir,rename,unlink,write,pwrite64,fsync,fdatasync",
                        "-o",
                        trace.toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writing.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        try (var lines = Files.lines(trace, StandardCharsets.ISO_8859_1)) {
            Map<String, String> unfinished = new HashMap<>();
            lines.forEach(line -> whole(unfinished, line));
        }
        assertThat(done).isEqualTo(Writing.STEPS);
        assertThat(renamed)
                .anyMatch(name -> name.endsWith("/out/new/export"))
                .anyMatch(name -> name.endsWith("/backup-00000001"))
                .anyMatch(name -> name.contains("/chunks/"))
                .anyMatch(name -> name.endsWith("/outer.key"))
                .anyMatch(name -> name.endsWith("/restored/gate.db"));
    }

    /** Puts together calls that the tracer shows in two parts. */
    private void whole(Map<String, String> unfinished, String line) {
        Matcher resumed = RESUMED.matcher(line);
        String thread = line.substring(0, Math.max(line.indexOf(' '), 0));
        if (resumed.matches()) {
            call(unfinished.getOrDefault(thread, "") + resumed.group(3));
        } else if (line.endsWith("<unfinished ...>")) {
            unfinished.put(thread, line.substring(0, line.length() - "<unfinished ...>".length()));
        } else {
            call(line);
        }
    }

    private void call(String line) {
        Matcher call = FD_CALL.matcher(line);
        Matcher creation = CREATION.matcher(line);
        Matcher named = NAMED.matcher(line);
        Matcher rename = RENAME.matcher(line);
        if (rename.matches()) {
            rename(rename.group(1), rename.group(2));
        } else if (named.matches()) {
            unsynced.remove(named.group(2));
            changed(parent(named.group(2)));
        } else if (creation.matches() && creation.group(2).contains("O_CREAT")) {
            changed(parent(creation.group(1)));
        } else if (call.matches() && call.group(1).endsWith("sync")) {
            assertThat(line).endsWith("= 0");
            unsynced.remove(call.group(3));
        } else if (call.matches() && call.group(2).equals("1") && call.group(4).contains("done ")) {
            done++;
            assertThat(unsynced).as("not on the disk when it said %s", line).isEmpty();
        } else if (call.matches() && !call.group(1).equals("openat")) {
            changed(call.group(3));
        }
    }

    /** What gets its name is on the disk whole, with everything below it. */
    private void rename(String from, String to) {
        if (isWatched(to)) {
            assertThat(unsynced)
                    .as("not on the disk when it became %s", to)
                    .noneMatch(each -> each.equals(from) || each.startsWith(from + "/"));
            if (to.contains("/backup-0")) {
                assertThat(unsynced).as("when %s came", to).noneMatch(each -> each.contains("/chunks"));
            }
            renamed.add(to);
            changed(parent(from));
            changed(parent(to));
        }
    }

    private void changed(String path) {
        if (isWatched(path)) {
            unsynced.add(path);
        }
    }

    /** The database's own files are SQLite's, and a lock needs no disk. */
    private boolean isWatched(String path) {
        return path.startsWith(directory.resolve("out").toString())
                && !path.matches(".*(-wal|-shm|-journal|\\.lock|gate\\.db\\.restoring)");
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    private static boolean tracerRuns() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-f", "-qq", "-o", "/dev/null", "true")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Does one thing after the other and says when each is done. */
    static final class Writing {
        static final int STEPS = 5;

        private Writing() {}

        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            Path out = directory.resolve("out");
            Files.createDirectories(out);
            InstantSource clock = InstantSource.system();
            KeyEncryptionKey outer = KeyEncryptionKey.ofKeyFile(out.resolve("outer.key"));
            BackupKey key = BackupKey.of(byte[]::clone, byte[]::clone);
            try (Store store = Stores.open(directory.resolve("data").resolve("gate.db"));
                    StoreVault vault = StoreVault.open(store, outer, clock);
                    StoreLedger ledger = StoreLedger.open(store, vault, "example.com/durable", clock)) {
                System.out.println("done making a key");
                for (int i = 0; i < 300; i++) {
                    var unused = ledger.appendAsync(LedgerEvent.builder(EventKind.of("test.event"), clock.instant())
                            .build());
                }
                ledger.export(out.resolve("new").resolve("export"));
                System.out.println("done exporting");
                try (Backups backups = Backups.open(out.resolve("backups"), key, clock)) {
                    backups.take(store);
                    System.out.println("done backing up");
                    ledger.append(LedgerEvent.builder(EventKind.of("test.event"), clock.instant())
                            .build());
                    backups.take(store);
                    backups.keep(1);
                    System.out.println("done dropping");
                    backups.restore(2, out.resolve("restored").resolve("gate.db"), restored -> {});
                    System.out.println("done restoring");
                }
            }
        }
    }
}
