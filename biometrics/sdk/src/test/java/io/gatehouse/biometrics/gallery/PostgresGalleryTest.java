package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.contract.PostgresServer;
import java.io.IOException;

/** The same on PostgreSQL. */
class PostgresGalleryTest extends GalleryTest {
    private final String url = PostgresServer.newDatabase();

    @Override
    GalleryHouse house() throws IOException {
        return new GalleryHouse(folder, url);
    }
}
