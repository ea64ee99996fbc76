package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.gallery.SearchResult.Known;
import io.gatehouse.biometrics.gallery.SearchResult.Unknown;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.contract.PostgresServer;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreMove;
import io.gatehouse.core.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens the database of version 1 of these tables, which is kept as it was: it holds person ids in clear. Three people
 * were enrolled for two purposes, and the key of one of them was shredded.
 */
class OldGalleryDatabaseTest {
    private static final ModelPack PACK = ModelPack.loadDefault();

    @TempDir
    Path folder;

    @BeforeEach
    void copy() throws IOException {
        copy("gallery-1.db", "gatehouse.db");
        copy("gallery-1.key", "vault.key");
    }

    private void copy(String kept, String as) throws IOException {
        try (InputStream in = Objects.requireNonNull(OldGalleryDatabaseTest.class.getResourceAsStream(kept))) {
            Files.copy(in, folder.resolve(as));
        }
    }

    private static Template template(int person) {
        float[] vector = new float[128];
        vector[person] = 1.4f;
        return Template.of(PACK.id(), vector);
    }

    @Test
    void opensAndGoesOnWithoutNamingAnybody() throws Exception {
        assertThat(holdsNames()).as("the old database names people").isTrue();
        for (int opening = 0; opening < 2; opening++) {
            try (GalleryHouse house = new GalleryHouse(folder)) {
                requireAllThere(house);
                assertThat(house.filesHold("planted".getBytes(StandardCharsets.UTF_8)))
                        .isFalse();
            }
            assertThat(holdsNames()).isFalse();
        }
    }

    @Test
    void opensAfterAMoveToPostgresql() throws Exception {
        String url = PostgresServer.newDatabase();
        try (Store old = Stores.open(folder.resolve("gatehouse.db"));
                Store moved = Stores.open(url)) {
            StoreMove.copy(old, moved);
        }
        try (GalleryHouse house = new GalleryHouse(folder, url)) {
            requireAllThere(house);
            assertThat(house.column("person")).noneMatch(value -> value.contains("planted"));
        }
    }

    private static void requireAllThere(GalleryHouse house) throws IOException {
        for (Purpose purpose : new Purpose[] {Purpose.ACCESS, Purpose.ATTENDANCE}) {
            try (Gallery gallery = house.builder(purpose, PACK).open()) {
                assertThat(gallery.size()).isEqualTo(2);
                assertThat(gallery.identify(purpose, template(0), SearchOptions.DEFAULT))
                        .isInstanceOfSatisfying(
                                Known.class, known -> assertThat(known.person()).isEqualTo(PersonId.of("ada-planted")));
                assertThat(gallery.identify(purpose, template(2), SearchOptions.DEFAULT))
                        .isInstanceOf(Unknown.class);
            }
        }
        assertThat(house.rows()).isEqualTo(4);
    }

    private boolean holdsNames() throws IOException {
        return Files.readString(folder.resolve("gatehouse.db"), StandardCharsets.ISO_8859_1)
                .contains("planted");
    }
}
