package io.gatehouse.codes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Public data that lie beside the project. A test that needs a folder is skipped, visibly, where it is missing. */
public final class SharedData {
    private SharedData() {}

    public static Path folder(String name) {
        Path folder = Path.of(System.getProperty("gatehouse.shared.data", "no-shared-data"), name);
        assumeTrue(Files.isDirectory(folder), () -> "skipped: the data folder " + name + " is not beside the project");
        return folder;
    }
}
