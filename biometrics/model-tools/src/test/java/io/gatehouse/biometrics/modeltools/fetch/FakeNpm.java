package io.gatehouse.biometrics.modeltools.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stands in for the npm program, as a process: its first argument says how it behaves. */
final class FakeNpm {
    private FakeNpm() {}

    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "works" -> Files.writeString(Path.of("name-2.0.0.tgz"), String.join(" ", args));
            case "silent" -> System.out.println("npm notice nothing done");
            case "full" -> {
                System.out.println("npm error code ENOSPC");
                System.out.println("npm error nospc ENOSPC: no space left on device, write");
                System.out.println("npm error nospc Clear up some disk space and try again.");
                System.exit(1);
            }
            default -> {
                System.out.println("npm error code ENOTFOUND");
                System.out.println("npm error errno ENOTFOUND");
                System.out.println("npm error network the registry cannot be reached");
                System.out.println("npm error A complete log of this run can be found in: x.log");
                System.exit(1);
            }
        }
    }
}
