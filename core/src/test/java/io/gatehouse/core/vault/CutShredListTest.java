package io.gatehouse.core.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of shreddings that was cut is not made whole without a word. */
class CutShredListTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T08:00:00Z"));
    private static final int HEADER = 40;
    private static final int EVENT = 121;

    /** Held, for loggers that nobody holds are forgotten with their handlers. */
    private static final Logger LOGGER = Logger.getLogger(Shredder.class.getName());

    @TempDir
    Path directory;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            said.add(logged.getLevel() + " " + new SimpleFormatter().formatMessage(logged));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void leave() {
        LOGGER.removeHandler(handler);
    }

    /** Keeps the list in the file; gives the file's bytes afterwards. */
    private byte[] keep(Path list, int shreddings) throws IOException {
        try (Store store = Stores.open(directory.resolve("gatehouse.db"));
                StoreVault vault =
                        StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), CLOCK)) {
            vault.keepShreddingsIn(list);
            for (int i = 0; i < shreddings; i++) {
                vault.shred(PersonId.of("person-" + i), DataClass.FACE_TEMPLATE);
            }
        }
        return Files.readAllBytes(list);
    }

    @Test
    @DisplayName(
            "wherever a list was cut, it is made whole, and a warning names the file and the last event before the cut")
    void saysThatAListWasCut() throws Exception {
        Path list = directory.resolve("shreddings");
        byte[] whole = keep(list, 3);
        assertThat(keep(list, 0)).isEqualTo(whole);
        assertThat(said).as("of a whole list nothing is said").isEmpty();
        for (int length :
                new int[] {whole.length - 1, HEADER + 2 * EVENT, HEADER + 2 * EVENT - 7, HEADER + 1, HEADER}) {
            Files.write(list, Arrays.copyOf(whole, length));
            said.clear();
            assertThat(keep(list, 0)).as("cut to %d", length).isEqualTo(whole);
            assertThat(said)
                    .as("cut to %d", length)
                    .singleElement()
                    .asString()
                    .startsWith("WARNING")
                    .contains(list.toString(), "cut after event " + (length - HEADER) / EVENT + ",", "3 events");
        }
    }
}
